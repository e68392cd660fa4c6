import t from 'tap';
import { sidecarUser } from '../../../../webhook/core/inject/sidecar-user.ts';

const user = (runAsUser?: number) => ({
  securityContext: runAsUser === undefined ? {} : { runAsUser },
});

function userBeside(pod: number | undefined, ...containers: (number | undefined)[]) {
  const [first, ...others] = containers.map((one, at) => ({ name: `c${at}`, ...user(one) }));
  return sidecarUser({
    ...user(pod),
    initContainers: others,
    containers: first === undefined ? [] : [first],
  });
}

t.test('where nobody names a user the sidecar names none', async (t) => {
  t.equal(sidecarUser({ containers: [{ name: 'app' }] }), undefined);
  t.equal(userBeside(undefined, undefined, undefined), undefined);
});

t.test('the user of the pod is inherited', async (t) => {
  t.equal(userBeside(1000, undefined, undefined), undefined);
  t.equal(userBeside(1000, 2000, undefined), undefined);
  t.equal(userBeside(1000, 1000, 1000), undefined);
});

t.test('a user on whom all containers agree is the sidecar’s too', async (t) => {
  t.equal(userBeside(undefined, 999, 999), 999);
  t.equal(userBeside(1000, 2000, 2000), 2000);
  t.equal(userBeside(0, 2000, 2000), 2000);
  t.equal(userBeside(undefined, 999, undefined), undefined);
  t.equal(userBeside(undefined, 999, 1000), undefined);
});

t.test('it does not run as root, whoever does', async (t) => {
  t.equal(userBeside(0, undefined), 65532);
  t.equal(userBeside(0, 999, 1000), 65532);
  t.equal(userBeside(undefined, 0, 0), undefined, 'that of the image is another');
  t.equal(userBeside(1000, 0, 0), undefined, 'that of the pod is another');
});

t.test('null is nothing', async (t) => {
  const nothing = { runAsUser: null as unknown as number };
  t.equal(sidecarUser({ securityContext: nothing, containers: [{ name: 'app' }] }), undefined);
});
