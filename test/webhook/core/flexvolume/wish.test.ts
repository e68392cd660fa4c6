import t from 'tap';
import { AnnotationReader } from '../../../../webhook/core/annotation-reader.ts';
import { readFlexWish } from '../../../../webhook/core/flexvolume/wish.ts';
import { profiles } from '../../../support/context.ts';
import { CLIENT } from '../../../support/vault.ts';

function read(asked: Record<string, string>, allowed = {}) {
  const reader = new AnnotationReader(asked);
  const settings = profiles({ default: { allowed } }).profiles.default;
  return { wish: readFlexWish(reader, 'default', settings), problems: reader.problems };
}

t.test('without the annotation only volumes whose files stay the same are converted', async (t) => {
  t.same(read({}).wish, { mode: 'auto', client: undefined, bounds: { profile: 'default' } });
  t.match(read({ flexvolume: 'convert' }).wish, { mode: 'convert' });
  t.equal(read({ flexvolume: 'keep' }).wish, undefined);
});

t.test('another value is refused', async (t) => {
  t.match(read({ flexvolume: 'drop' }).problems, [{ code: 'ZK103' }]);
});

t.test('an identity that is named and the bounds of the profile go with it', async (t) => {
  const { wish } = read({ 'client-id': ` ${CLIENT} ` }, { keyVaults: ['contoso-prod'] });
  t.match(wish, { client: CLIENT, bounds: { keyVaults: ['contoso-prod'] } });
  t.match(read({ 'client-id': 'me' }).wish, { client: undefined });
});
