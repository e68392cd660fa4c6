import path from 'node:path';
import t from 'tap';
import type { GivenFlags } from '../../../webhook/cli/arguments.ts';
import { settingsOf } from '../../../webhook/cli/settings.ts';
import { SHIPPED_CONFIGURATION } from '../../../webhook/core/configuration.ts';

const FLAGS: GivenFlags = { files: [], diff: false };

t.test(
  'without flags, the shipped configuration and a cluster of which nothing is known',
  async (t) => {
    t.match(await settingsOf(FLAGS, '1.2.3'), {
      context: {
        configuration: SHIPPED_CONFIGURATION,
        view: {},
        version: '1.2.3',
        offline: true,
        defaultProfile: 'default',
      },
    });
  },
);

t.test('profile, configuration and version of the cluster are taken from the flags', async (t) => {
  const folder = t.testdir({ 'c.yaml': 'profiles: {default: {}, gold: {schedulerName: volcano}}' });
  const config = path.join(folder, 'c.yaml');
  const flags = { ...FLAGS, config, profile: 'gold', clusterVersion: 'v1.34.2-aks.1' };
  t.match(await settingsOf(flags, ''), {
    context: {
      configuration: { profiles: { gold: { schedulerName: 'volcano' } } },
      view: { version: { major: 1, minor: 34 } },
      defaultProfile: 'gold',
    },
  });
});

t.test('versions are read as kubectl prints them, and nothing else', async (t) => {
  for (const clusterVersion of ['1.34', 'v1.34', '1.34.0', '1.34+', '1.34.1-gke.5']) {
    const settings = await settingsOf({ ...FLAGS, clusterVersion }, '');
    t.match(settings, { context: { view: { version: { major: 1, minor: 34 } } } }, clusterVersion);
  }
  for (const clusterVersion of ['1', 'latest', '1.x', '1.34 ', '1.34.', '']) {
    const settings = await settingsOf({ ...FLAGS, clusterVersion }, '');
    t.match(settings, { misused: true, problems: [{ code: 'ZK513' }] }, clusterVersion);
  }
});

t.test('an unknown profile and an unreadable version are told together', async (t) => {
  const settings = await settingsOf({ ...FLAGS, profile: 'toString', clusterVersion: 'x' }, '');
  t.match(settings, { misused: true, problems: [{ code: 'ZK512' }, { code: 'ZK513' }] });
  t.match(settings.problems?.[0]?.expected, '"default", "azuredisk-v2"');
});

t.test('a bad configuration file is told with all its problems', async (t) => {
  const folder = t.testdir({ 'c.yaml': 'profiles: {default: {x: 1}}\nmore: 1' });
  const bad = await settingsOf({ ...FLAGS, config: path.join(folder, 'c.yaml') }, '');
  t.match(bad, { misused: false, problems: [{ code: 'ZK301' }, { code: 'ZK301' }] });
  const none = await settingsOf({ ...FLAGS, config: path.join(folder, 'none.yaml') }, '');
  t.match(none, { misused: false, problems: [{ code: 'ZK304' }] });
});
