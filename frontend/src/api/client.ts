/** Requests to the server: JSON in and out, the CSRF header on writes, errors as `ApiError`. */

/** A refusal by the server. `status` 0 means that no answer came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Where in the given file or body the fault is, if it is in one place. */
    readonly path = "",
  ) {
    super(message);
    this.name = "ApiError";
  }
}

const OFFLINE = "The server did not answer. Check the connection and try again.";

async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  const isForm = body instanceof FormData;
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      // Always asked for again, but answered with 304 from the browser's store where the server gave an ETag.
      cache: "no-cache",
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "offline", OFFLINE);
  }
  if (!response.ok) throw await toError(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** A file from the server, and the name that the server gave it. */
export interface Download {
  readonly blob: Blob;
  readonly name: string;
}

/** Fetches a file; `onProgress` gets the bytes so far and the whole, null while that is not known. */
async function download(
  path: string,
  onProgress?: (received: number, total: number | null) => void,
  signal?: AbortSignal,
): Promise<Download> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", cache: "no-cache", ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "offline", OFFLINE);
  }
  if (!response.ok) throw await toError(response);
  const type = response.headers.get("Content-Type") ?? "application/octet-stream";
  const length = Number(response.headers.get("Content-Length"));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value);
    received += part.value.byteLength;
    onProgress?.(received, length > 0 ? length : null);
  }
  return { blob: new Blob(parts, { type }), name: fileName(response.headers.get("Content-Disposition")) };
}

function fileName(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1] ?? "";
}

async function toError(response: Response): Promise<ApiError> {
  try {
    const { error } = (await response.json()) as { error: { code: string; message: string; path?: string } };
    return new ApiError(response.status, error.code, error.message, error.path ?? "");
  } catch {
    return new ApiError(response.status, "error", `The server answered ${response.status} ${response.statusText}.`);
  }
}

/** What a write has to carry to show that it comes from our own page. */
export function csrfToken(): string {
  return cookie("csrftoken");
}

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => request<T>("GET", path, undefined, signal),
  post: <T>(path: string, body?: unknown) => request<T>("POST", path, body ?? {}),
  put: <T>(path: string, body: unknown) => request<T>("PUT", path, body),
  patch: <T>(path: string, body: unknown) => request<T>("PATCH", path, body),
  delete: <T = void>(path: string) => request<T>("DELETE", path),
  download,
  /** Sends a file as the form field `file`. */
  upload: <T>(path: string, file: File) => {
    const form = new FormData();
    form.append("file", file);
    return request<T>("POST", path, form);
  },
};
