import t from 'tap';
import { parseRotation } from '../../../../webhook/core/environment/rotation.ts';

t.test('nothing, a restart and a call on loopback can be asked for', async (t) => {
  t.same(parseRotation('none'), { action: 'none' });
  t.same(parseRotation('restart'), { action: 'restart' });
  for (const url of [
    'http://localhost:8080/-/reload?now=1',
    'http://127.0.0.1/',
    'http://127.8.9.1:1',
    'http://[::1]:9000/a',
  ]) {
    t.same(parseRotation(`http=${url}`), { action: 'http', url });
  }
});

t.test('nobody outside of the pod is called, however the address is written', async (t) => {
  for (const url of [
    'https://localhost/',
    'http://example.com/',
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'http://169.254.169.254/',
    'http://[::ffff:10.0.0.1]/',
    'http://10.0.0.1#@localhost/',
    'http://user:password@localhost/',
    'http://localhost/#part',
    'http://local\thost/',
    'ftp://localhost/',
    'localhost:8080',
    '/reload',
    '',
    `http://localhost/${'a'.repeat(1024)}`,
  ]) {
    t.equal(parseRotation(`http=${url}`), undefined, url);
  }
  for (const text of ['', 'http', 'HTTP=http://localhost/', 'Restart']) {
    t.equal(parseRotation(text), undefined, text);
  }
});
