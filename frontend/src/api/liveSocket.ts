/** A websocket that carries JSON from the server and comes back by itself when it is lost. */

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;

/** Close codes with which the server says that trying again is of no use. */
export const NOT_SIGNED_IN = 4401;
export const NOT_FOUND = 4404;

export interface LiveSocketHandlers<Message> {
  onMessage: (message: Message) => void;
  /** Turns the parsed JSON into a message, or null for what is none; without it everything is passed on. */
  read?: (value: unknown) => Message | null;
  /** `again` is true when the connection had been lost: what was missed has to be fetched. */
  onOpen?: (again: boolean) => void;
  /** The connection is gone; the next attempt is under way. */
  onLost?: () => void;
  /** The server will not let us in (close codes 4400-4499); no further attempt is made. */
  onRefused?: (code: number) => void;
}

export interface LiveSocket {
  close: () => void;
  /** Sends a message as JSON; false when the connection is not there. */
  send: (message: unknown) => boolean;
}

/**
 * Opens a path (e.g. `/ws/runs/7/`) on the page's own server. A function is asked for the path at
 * each attempt, so that a reconnection can say what is known already. Attempts go on for ever, at
 * growing intervals with some jitter, and at once when the browser says that it is online again.
 */
export function openLiveSocket<Message>(
  path: string | (() => string),
  handlers: LiveSocketHandlers<Message>,
): LiveSocket {
  let socket: WebSocket | null = null;
  let timer = 0;
  let attempts = 0;
  let opened = 0;
  let ended = false;

  const connect = () => {
    window.clearTimeout(timer);
    timer = 0;
    const current = new WebSocket(socketAddress(typeof path === "string" ? path : path()));
    socket = current;
    current.onopen = () => {
      attempts = 0;
      opened += 1;
      handlers.onOpen?.(opened > 1);
    };
    current.onmessage = (event) => {
      const message = readMessage(event.data, handlers.read);
      if (message !== null) handlers.onMessage(message);
    };
    current.onclose = (event) => {
      if (ended || socket !== current) return;
      if (event.code >= 4400 && event.code < 4500) {
        end();
        handlers.onRefused?.(event.code);
        return;
      }
      handlers.onLost?.();
      timer = window.setTimeout(connect, retryDelay(attempts));
      attempts += 1;
    };
  };
  const connectNow = () => {
    if (!ended && timer !== 0) connect();
  };
  const end = () => {
    ended = true;
    window.clearTimeout(timer);
    window.removeEventListener("online", connectNow);
  };
  window.addEventListener("online", connectNow);
  connect();
  return {
    send: (message) => {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    close: () => {
      end();
      socket?.close();
    },
  };
}

function retryDelay(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS) * (0.8 + Math.random() * 0.4);
}

function readMessage<Message>(data: unknown, read?: (value: unknown) => Message | null): Message | null {
  let value: unknown;
  try {
    value = JSON.parse(String(data));
  } catch {
    return null;
  }
  return read ? read(value) : (value as Message);
}

/** The ws: or wss: address of a path on the page's own server. */
export function socketAddress(path: string): string {
  return `${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}${path}`;
}
