import type { SaveState } from "./designStore";

const SYNC = 0;
const SYNC_STEP_2 = 1;
const UPDATE = 2;
/** Length of a sync step 2 that carries an empty update: nothing to store. */
const EMPTY_STEP_2 = 5;

/** Whether a y-websocket message carries document content that the server stores and counts. */
export function countsAsUpdate(message: Uint8Array): boolean {
  if (message[0] !== SYNC) return false;
  if (message[1] === UPDATE) return true;
  return message[1] === SYNC_STEP_2 && message.length > EMPTY_STEP_2;
}

/**
 * Compares the updates that went out on a connection with those that the server has stored.
 *
 * Saved means: connected, everything sent, everything sent stored. Edits made while offline go
 * out with the sync at reconnection, so "edited since the last connection" also counts as unsaved.
 */
export class StoredCounter {
  private sentCount = 0;
  private storedCount = 0;
  private isConnected = false;
  private editedOffline = false;

  constructor(private readonly show: (state: SaveState) => void) {}

  get unsaved(): boolean {
    return this.editedOffline || this.sentCount > this.storedCount;
  }

  connected(): void {
    this.isConnected = true;
    this.sentCount = 0;
    this.storedCount = 0;
    this.update();
  }

  lost(): void {
    if (this.unsaved) this.editedOffline = true;
    this.isConnected = false;
    this.sentCount = 0;
    this.storedCount = 0;
    this.update();
  }

  edited(): void {
    if (this.isConnected) return;
    this.editedOffline = true;
    this.update();
  }

  sent(): void {
    this.sentCount += 1;
    this.update();
  }

  stored(count: number): void {
    this.storedCount = count;
    if (count > 0 && count >= this.sentCount) this.editedOffline = false;
    this.update();
  }

  private update(): void {
    this.show(!this.isConnected ? "offline" : this.unsaved ? "saving" : "saved");
  }
}
