import t from 'tap';
import {
  CLAIMS,
  pathOf,
  STATEFUL_SETS,
  STORAGE_CLASSES,
} from '../../../webhook/check/resources.ts';

t.test('paths are those of the API', async (t) => {
  t.equal(pathOf(CLAIMS), '/api/v1/persistentvolumeclaims');
  t.equal(pathOf(CLAIMS, 'shop'), '/api/v1/namespaces/shop/persistentvolumeclaims');
  t.equal(pathOf(STATEFUL_SETS, 'shop'), '/apis/apps/v1/namespaces/shop/statefulsets');
  t.equal(pathOf(STORAGE_CLASSES), '/apis/storage.k8s.io/v1/storageclasses');
});

t.test('a name that comes from a flag leads nowhere else', async (t) => {
  t.equal(pathOf(CLAIMS, 'a/../b?c'), '/api/v1/namespaces/a%2F..%2Fb%3Fc/persistentvolumeclaims');
});
