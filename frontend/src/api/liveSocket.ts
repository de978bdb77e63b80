/** A websocket that carries JSON from the server and comes back by itself when it is lost. */

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;

export interface LiveSocketHandlers<Message> {
  onMessage: (message: Message) => void;
  /** `again` is true when the connection had been lost: what was missed has to be fetched. */
  onOpen?: (again: boolean) => void;
  onLost?: () => void;
  /** The server will not let us in (close codes 4400-4499); no further attempt is made. */
  onRefused?: (code: number) => void;
}

export interface LiveSocket {
  close: () => void;
}

/** Opens `path` (e.g. `/ws/runs/7/`) on the page's own server. */
export function openLiveSocket<Message>(path: string, handlers: LiveSocketHandlers<Message>): LiveSocket {
  let socket: WebSocket | null = null;
  let timer = 0;
  let attempts = 0;
  let opened = 0;
  let closed = false;

  const connect = () => {
    socket = new WebSocket(socketAddress(path));
    socket.onopen = () => {
      attempts = 0;
      opened += 1;
      handlers.onOpen?.(opened > 1);
    };
    socket.onmessage = (event) => handlers.onMessage(JSON.parse(event.data as string) as Message);
    socket.onclose = (event) => {
      if (closed) return;
      if (event.code >= 4400 && event.code < 4500) {
        handlers.onRefused?.(event.code);
        return;
      }
      handlers.onLost?.();
      attempts += 1;
      timer = window.setTimeout(connect, Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS));
    };
  };
  connect();
  return {
    close: () => {
      closed = true;
      window.clearTimeout(timer);
      socket?.close();
    },
  };
}

/** The ws: or wss: address of a path on the page's own server. */
export function socketAddress(path: string): string {
  return `${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}${path}`;
}
