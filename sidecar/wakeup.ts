/** A sleep that can be cut short. A wake that comes while nobody sleeps makes the next sleep end at once. */
export class Wakeup {
  #woken = false;
  #end: (() => void) | undefined;

  wake(): void {
    this.#woken = true;
    this.#end?.();
  }

  /** Resolves after so many milliseconds, when woken, or when the signal is aborted; `true` if it was woken. */
  async sleep(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (!this.#woken && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', this.#end, { once: true });
      });
      if (this.#end !== undefined) signal.removeEventListener('abort', this.#end);
      this.#end = undefined;
    }
    const woken = this.#woken;
    this.#woken = false;
    return woken;
  }
}
