// One event stream for the whole browser. The tab that holds the lock reads it and tells the others
// through a channel; without locks (plain HTTP in a network) each visible tab reads for itself.

export interface Message {
  kind: string;
  [name: string]: unknown;
}

type Told = { message: Message; last: string } | { open: boolean };

const OFFLINE_AFTER = 5_000;
const KINDS = ["patch", "list", "count"];

export class Stream {
  #channel = new BroadcastChannel("spoc-live");
  #last = "";
  #source: EventSource | undefined;
  #down: number | undefined;

  constructor(readonly url: string, readonly hear: (message: Message) => void, readonly connected: (open: boolean) => void) {
    this.#channel.onmessage = (event: MessageEvent<Told>) => this.#take(event.data);
    if (navigator.locks) {
      // Held until the tab goes away; then the next tab in line becomes the reader.
      void navigator.locks.request("spoc-live", () => new Promise(() => this.#read()));
    } else {
      this.#read();
      document.addEventListener("visibilitychange", () => (document.hidden ? this.#source?.close() : this.#read()));
    }
  }

  #read(): void {
    this.#source?.close();
    const url = new URL(this.url, location.href);
    // The browser itself sends Last-Event-ID when a stream breaks, but not when another tab takes over.
    if (this.#last) url.searchParams.set("after", this.#last);
    this.#source = new EventSource(url);
    this.#source.onopen = () => this.#tell({ open: true });
    this.#source.onerror = () => this.#tell({ open: false });
    // The kind is the event's name, or stands in the data of an unnamed one.
    for (const name of ["message", ...KINDS]) {
      this.#source.addEventListener(name, (event: MessageEvent<string>) => {
        try {
          this.#tell({ message: { kind: name, ...(JSON.parse(event.data) as object) }, last: event.lastEventId });
        } catch { /* not for us */ }
      });
    }
  }

  #tell(told: Told): void {
    if (navigator.locks) this.#channel.postMessage(told);
    this.#take(told);
  }

  #take(told: Told): void {
    if ("open" in told) {
      clearTimeout(this.#down);
      if (told.open) this.connected(true);
      else this.#down = window.setTimeout(() => this.connected(false), OFFLINE_AFTER);
    } else {
      if (told.last) this.#last = told.last;
      this.hear(told.message);
    }
  }
}
