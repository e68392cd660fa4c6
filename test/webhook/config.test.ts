import t from 'tap';
import { parseSettings } from '../../webhook/config.ts';

const CLUSTER = ['--service=zk', '--secret=zk-tls', '--webhook-configuration=zk'];
const problemsOf = (args: string[], env = {}) => parseSettings(args, env).problems;

t.test('a pod of the chart needs only its names', (t) => {
  const { settings } = parseSettings(CLUSTER, { POD_NAMESPACE: 'system' });
  t.strictSame(settings, {
    mode: {
      kind: 'cluster',
      service: 'zk',
      namespace: 'system',
      clusterDomain: 'cluster.local',
      certificates: { mode: 'self', secret: 'zk-tls', lease: 'zk-certs', caOverlap: 86_400 },
      webhookConfiguration: 'zk',
    },
    host: '0.0.0.0',
    port: 8443,
    opsPort: 8444,
    sans: [],
    logLevel: 'info',
    drainSeconds: 10,
  });
  t.end();
});

t.test('every flag finds its setting', (t) => {
  const { settings } = parseSettings(
    [
      ...['--config', '/etc/zonekeeper/config.yaml', '--host', '::', '--port', '0'],
      ...['--ops-port=9000', '--service', 'zk', '--namespace', 'other', '--secret', 'tls'],
      ...['--cluster-domain', 'corp.example', '--webhook-configuration', 'zk'],
      ...['--cert-mode', 'self', '--lease', 'leader', '--owner', 'ConfigMap/release'],
      ...['--ca-overlap=5', '--class-lease=classes'],
      ...['--kubeconfig', 'kube/config', '--san', '127.0.0.1', '--san', 'hook.example'],
      ...['--log-level', 'debug', '--drain-seconds', '3'],
    ],
    { POD_NAMESPACE: 'system' },
  );
  t.strictSame(settings, {
    mode: {
      kind: 'cluster',
      service: 'zk',
      namespace: 'other',
      clusterDomain: 'corp.example',
      certificates: {
        mode: 'self',
        secret: 'tls',
        lease: 'leader',
        caOverlap: 5,
      },
      webhookConfiguration: 'zk',
      classLease: 'classes',
      owner: 'release',
      kubeconfig: 'kube/config',
    },
    config: '/etc/zonekeeper/config.yaml',
    host: '::',
    port: 0,
    opsPort: 9000,
    sans: ['127.0.0.1', 'hook.example'],
    logLevel: 'debug',
    drainSeconds: 3,
  });
  t.end();
});

t.test('a local run listens on loopback and stops at once', (t) => {
  const { settings } = parseSettings(['--local', '--cert-dir', 'certs.local'], {});
  t.strictSame(settings, {
    mode: { kind: 'local', certDir: 'certs.local' },
    host: '127.0.0.1',
    port: 8443,
    opsPort: 8444,
    sans: [],
    logLevel: 'info',
    drainSeconds: 0,
  });
  t.end();
});

t.test('the settings are frozen', (t) => {
  const { settings } = parseSettings(['--local', '--cert-dir', 'x'], {});
  t.ok(Object.isFrozen(settings));
  t.ok(Object.isFrozen(settings?.mode));
  t.ok(Object.isFrozen(settings?.sans));
  t.end();
});

t.test('everything that is wrong is told at once', (t) => {
  t.strictSame(
    problemsOf([
      ...['--prot', '1', '--port', '70000', '--host', 'a b', '--san', '-', '--log-level', 'loud'],
      ...['--service', 'Zone_Keeper', '--drain-seconds', '1.5', '--secret'],
    ]),
    [
      '--prot is unknown; see --help',
      '"1" is no flag; see --help',
      '--secret has no value; expected --secret NAME',
      '--service is "Zone_Keeper"; expected a name of lower case letters, digits, - and .',
      '--namespace is missing',
      '--secret is missing',
      '--webhook-configuration is missing',
      '--host is "a b"; expected a DNS name or an IP address',
      '--port is "70000"; expected a whole number from 0 to 65535',
      '--san is "-"; expected a DNS name or an IP address',
      '--log-level is "loud"; expected one of trace, debug, info, warn, error, fatal, silent',
      '--drain-seconds is "1.5"; expected a whole number from 0 to 600',
    ],
  );
  t.end();
});

t.test('flags of a cluster and of a local run exclude each other', (t) => {
  t.strictSame(problemsOf(['--local', '--secret', 'x', '--kubeconfig', 'y']), [
    '--secret goes without --local',
    '--kubeconfig goes without --local',
    '--cert-dir is missing',
  ]);
  t.strictSame(problemsOf([...CLUSTER, '--namespace=n', '--cert-dir=x']), [
    '--cert-dir needs --local',
  ]);
  t.end();
});

t.test('an empty POD_NAMESPACE is no namespace', (t) => {
  t.strictSame(problemsOf(CLUSTER, { POD_NAMESPACE: '' }), ['--namespace is missing']);
  t.end();
});

t.test('the API server is where the kubelet says it is', (t) => {
  const serverOf = (host: string, port?: string) => {
    const env = { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port };
    const { settings } = parseSettings([...CLUSTER, '--namespace', 'system'], env);
    return settings?.mode.kind === 'cluster' ? settings.mode.server : 'not a cluster';
  };
  t.equal(serverOf('10.0.0.1', '443'), 'https://10.0.0.1:443');
  t.equal(serverOf('fd00::1', '6443'), 'https://[fd00::1]:6443');
  t.equal(serverOf('api.example.test'), 'https://api.example.test:443');
  t.equal(serverOf(''), undefined);
  t.end();
});

t.test('an owner is a ConfigMap, and there is something to own', (t) => {
  const base = [...CLUSTER, '--namespace=system'];
  t.match(parseSettings([...base, '--owner=ConfigMap/release'], {}).settings, {
    mode: { owner: 'release' },
  });
  for (const wrong of ['release', 'Secret/release', 'ConfigMap/', 'ConfigMap/No Name']) {
    t.strictSame(problemsOf([...base, `--owner=${wrong}`]), [
      `--owner is "${wrong}"; expected ConfigMap/ and a name`,
    ]);
  }
  const given = ['--service=zk', '--namespace=system', '--webhook-configuration=zk'].concat(
    ['--cert-mode=secret', '--tls-dir=/tls'],
    ['--owner=ConfigMap/release'],
  );
  t.strictSame(problemsOf(given), ['--owner needs --cert-mode self or --class-lease']);
  t.equal(problemsOf([...given, '--class-lease=classes']), undefined);
  t.end();
});

t.test('the Lease of the classes has a name, and a cluster', (t) => {
  t.strictSame(problemsOf([...CLUSTER, '--namespace=system', '--class-lease=No Name']), [
    '--class-lease is "No Name"; expected a name of lower case letters, digits, - and .',
  ]);
  t.strictSame(problemsOf(['--local', '--cert-dir=/c', '--class-lease=classes']), [
    '--class-lease goes without --local',
  ]);
  t.end();
});
