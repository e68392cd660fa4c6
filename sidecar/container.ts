import { missingFiles } from './delivery/collect.ts';
import { EnvironmentFile } from './delivery/environment-file.ts';
import { Retry } from './delivery/retry.ts';
import { removeLeftovers } from './files/write.ts';
import { watchSecretMount } from './mount/watch.ts';
import { Rotations } from './rotation/rotations.ts';
import type { Settings } from './settings.ts';
import type { SecretSnapshot } from './snapshot.ts';
import type { MountFacts } from './status/facts.ts';
import { pastRotations, StatusKeeper } from './status/keeper.ts';
import { metricsText } from './status/metrics.ts';
import type { Status } from './status/status.ts';
import { newTally } from './status/tally.ts';
import type { Surroundings } from './surroundings.ts';
import { Comparison } from './verification/comparison.ts';
import { VERSION } from './version.ts';

/** The sidecar of one pod: brings mounts to the environment file, and what is known of them to the status. */
export class Container {
  readonly #settings: Settings;
  readonly #surroundings: Surroundings;
  readonly #signal: AbortSignal;
  readonly #snapshots = new Map<string, SecretSnapshot>();
  readonly #tally = newTally();
  readonly #environment: EnvironmentFile | undefined;
  readonly #rotations: Rotations;
  readonly #keeper: StatusKeeper;
  readonly #comparison: Comparison | undefined;
  readonly #retry: Retry;

  constructor(settings: Settings, surroundings: Surroundings, signal: AbortSignal) {
    this.#settings = settings;
    this.#surroundings = surroundings;
    this.#signal = signal;
    const { envFile, statusFile } = settings;
    for (const file of [envFile, statusFile]) if (file !== undefined) removeLeftovers(file);
    this.#environment = envFile === undefined ? undefined : new EnvironmentFile(settings, envFile);
    this.#rotations = this.#newRotations();
    this.#comparison = this.#newComparison();
    this.#keeper = this.#newKeeper();
    this.#retry = new Retry(() => this.#deliver(), signal);
  }

  /**
   * Watches and delivers until the signal is aborted; never rejects. The first delivery is made within the same turn of the
   * event loop.
   */
  async run(): Promise<void> {
    const mounts = this.#settings.mounts.map((mount) => this.#follow(mount));
    await Promise.all([...mounts, this.#comparison?.run()]);
  }

  status(): Status {
    return this.#keeper.status();
  }

  metrics(): string {
    return metricsText(this.status(), this.#tally);
  }

  async #follow(mount: string): Promise<void> {
    const onProblems = (problems: MountFacts['problems']) => this.#updateMount(mount, { problems });
    for await (const snapshot of watchSecretMount(mount, { signal: this.#signal, onProblems })) {
      const before = this.#snapshots.get(mount);
      this.#snapshots.set(mount, snapshot);
      this.#take(snapshot);
      this.#deliver();
      if (before !== undefined) this.#logRotation(snapshot, before);
      this.#comparison?.mountChanged(mount);
    }
  }

  #logRotation({ path, generation, files }: SecretSnapshot, before: SecretSnapshot): void {
    const changed = [...files].filter(([file, bytes]) => !before.files.get(file)?.equals(bytes));
    const names = changed.map(([file]) => file);
    this.#surroundings.log('info', 'rotation', { mount: path, generation, changed: names });
  }

  #take(snapshot: SecretSnapshot): void {
    const { path, generation, changedAt, files } = snapshot;
    const missing = missingFiles(this.#settings, snapshot);
    const facts = { generation, changedAt, files: [...files.keys()].sort() };
    this.#keeper.take({ mounts: this.#mounts(path, { snapshot: facts, missing }) });
  }

  #updateMount(mount: string, change: Partial<MountFacts>): void {
    this.#keeper.update({ mounts: this.#mounts(mount, change) });
  }

  #mounts(mount: string, change: Partial<MountFacts>): readonly MountFacts[] {
    return this.#keeper.facts.mounts.map((one) =>
      one.path === mount ? { ...one, ...change } : one,
    );
  }

  /** Brings the environment file to the mounts, if these are complete. */
  #deliver(): void {
    const { mounts } = this.#keeper.facts;
    const isComplete = mounts.every(({ snapshot, missing }) => snapshot && missing.length === 0);
    const isDelivered = isComplete && this.#write();
    if (!isComplete) this.#environment?.hold();
    const ready = this.#keeper.facts.ready || isDelivered;
    const environment = this.#environment?.facts;
    if (ready && !this.#keeper.facts.ready) {
      this.#surroundings.log('info', 'ready', { variables: environment?.variables.length ?? 0 });
    }
    this.#keeper.take({ ready, environment });
    const isFollowed = isDelivered && this.#rotations.delivered(this.#generations());
    const isKept = this.#keeper.publish();
    if (!isComplete || (isKept && isDelivered && isFollowed)) this.#retry.succeeded();
    else this.#retry.failed();
  }

  #write(): boolean {
    if (this.#environment === undefined) return true;
    const attempt = this.#environment.deliver(this.#snapshots, this.#surroundings.now().wall);
    const isWritten = 'written' in attempt;
    const { deliveries } = this.#tally;
    if (!isWritten) deliveries.failed += 1;
    else if (attempt.written === 'unchanged') deliveries.unchanged += 1;
    else deliveries.written += 1;
    return isWritten;
  }

  #generations(): Record<string, string> {
    const all = [...this.#snapshots.values()];
    return Object.fromEntries(all.map(({ path, generation }) => [path, generation]));
  }

  #newRotations(): Rotations {
    const { onRotation, statusFile, envFile } = this.#settings;
    const { now, exit } = this.#surroundings;
    return new Rotations({
      action: onRotation,
      past: pastRotations(statusFile),
      environmentFile: envFile,
      wall: () => now().wall,
      tally: this.#tally,
      tell: (rotation) => this.#keeper.update({ rotation }),
      exit,
      signal: this.#signal,
    });
  }

  #newComparison(): Comparison | undefined {
    const { verify, objects } = this.#settings;
    if (!verify) return undefined;
    return new Comparison({
      objects,
      snapshots: () => [...this.#snapshots.values()],
      surroundings: this.#surroundings,
      onFindings: (comparison) => this.#keeper.update({ comparison }),
      signal: this.#signal,
    });
  }

  #newKeeper(): StatusKeeper {
    const { mounts, statusFile } = this.#settings;
    const facts = {
      version: VERSION,
      ready: false,
      mounts: mounts.map((path) => ({ path, missing: [], problems: [] })),
      environment: this.#environment?.facts,
      comparison: this.#comparison?.facts,
      rotation: this.#rotations.status,
      problems: [],
    };
    return new StatusKeeper(statusFile, facts, this.#surroundings);
  }
}
