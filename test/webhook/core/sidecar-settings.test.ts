import t from 'tap';
import { imageName, sidecarSettings } from '../../../webhook/core/sidecar-settings.ts';

t.test('the defaults are what was measured, and a request for every autoscaler', async (t) => {
  t.same(sidecarSettings.parse({}), {
    imagePullPolicy: 'IfNotPresent',
    requests: { cpu: '10m', memory: '32Mi' },
    limits: { memory: '96Mi' },
  });
});

t.test('what is given replaces a default as a whole', async (t) => {
  const given = { requests: { cpu: '0.1' }, limits: {}, image: 'a:1', imagePullPolicy: 'Never' };
  t.same(sidecarSettings.parse(given), given);
});

t.test('a quantity or a policy that the API server refuses is refused at once', async (t) => {
  for (const wrong of ['', '-1', '10 m', 'lots', '1e3Mi', 32]) {
    t.notOk(sidecarSettings.safeParse({ limits: { memory: wrong } }).success, String(wrong));
  }
  t.notOk(sidecarSettings.safeParse({ limits: { disk: '1Gi' } }).success);
  t.notOk(sidecarSettings.safeParse({ imagePullPolicy: 'Sometimes' }).success);
});

t.test('an image has a name that a node can read', async (t) => {
  const digest = `sha256:${'a'.repeat(64)}`;
  for (const name of ['a', 'a:1', 'r.example:5000/a/b_c:V1.0-x', `r.example/a@${digest}`]) {
    t.ok(imageName.safeParse(name).success, name);
  }
  for (const name of ['', 'a b', '-a', 'a:', '$(HOME)', 'a\nb', 'a'.repeat(513)]) {
    t.notOk(imageName.safeParse(name).success, name);
  }
});
