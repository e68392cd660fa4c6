import fc from 'fast-check';
import t from 'tap';
import { CertificateWorld } from '../../support/certificate-world.ts';

const REPLICAS = 3;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Something that can happen, and how it is called where a property fails. */
class Happening {
  readonly name: string;
  readonly run: (world: CertificateWorld) => void | Promise<void>;

  constructor(name: string, run: Happening['run']) {
    this.name = name;
    this.run = run;
  }

  toString(): string {
    return this.name;
  }
}

const of = (name: string, run: Happening['run']) => new Happening(name, run);
const replica = fc.nat(REPLICAS - 1);
const FILES = ['tls.crt', 'tls.key', 'ca.crt', 'ca.key', 'next-ca.key'];

/** What can happen while certificates are renewed and rotated. */
const happening = fc.oneof(
  replica.map((index) => of(`kill ${index}`, (world) => world.kill(index))),
  replica.map((index) => of(`lead ${index}`, (world) => world.elect(index))),
  fc
    .constantFrom(3 * MINUTE, DAY, 10 * DAY)
    .map((time) => of(`wait ${time / MINUTE} min`, ({ clock }) => clock.advance(time))),
  fc.constant(of('publish', (world) => world.publish())),
  fc.constant(of('ask for a new CA', ({ store }) => store.put(store.stored?.files, true))),
  fc.constant(of('delete', ({ store }) => store.put(undefined))),
  fc.constantFrom(...FILES).map((file) =>
    of(`damage ${file}`, ({ store }) => {
      store.put({ ...store.stored?.files, [file]: 'rubbish' }, store.stored?.rotationAsked);
    }),
  ),
  fc
    .tuple(replica, fc.boolean())
    .map(([index, isWritten]) =>
      of(`die ${isWritten ? 'after' : 'before'} write ${index}`, (world) =>
        dieAtWrite(world, index, isWritten),
      ),
    ),
);

/** The replica is killed in the middle of its next write: before it reached the API server, or after. */
async function dieAtWrite(
  world: CertificateWorld,
  index: number,
  isWritten: boolean,
): Promise<void> {
  const { store } = world;
  const { update } = store;
  store.update = async (content) => {
    store.update = update;
    if (isWritten) await update.call(store, content);
    throw new Error('killed');
  };
  await world.look(index);
  store.update = update;
}

/** Everything has time to come to rest. */
async function rest(world: CertificateWorld): Promise<void> {
  for (let phase = 0; phase < 4; phase += 1) {
    await world.lead();
    world.publish();
    world.clock.advance(DAY);
  }
  await world.lead();
  world.publish();
}

// Each run makes some ten RSA keys.
t.setTimeout(240_000);

t.test('whatever happens, the API server trusts what is served', async (t) => {
  const property = fc.asyncProperty(
    fc.array(happening, { maxLength: 12, size: 'max' }),
    async (happenings) => {
      const world = new CertificateWorld(REPLICAS);
      await world.look(0);
      world.publish();
      for (const { run } of happenings) {
        const since = world.log.lines.length;
        await run(world);
        for (const index of world.replicas.keys()) await world.look(index);
        if (world.wasReset(since)) world.publish();
        if (!world.isTrusted()) return false;
      }
      await rest(world);
      return world.isTrusted() && world.leaves === 1 && world.authorities === 1;
    },
  );
  await t.resolves(fc.assert(property, { numRuns: 12 }));
});
