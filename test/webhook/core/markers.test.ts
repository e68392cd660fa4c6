import t from 'tap';
import { writeMarker } from '../../../webhook/core/marker.ts';
import { readMarkers } from '../../../webhook/core/markers.ts';
import { MARKER, manifest } from '../../support/statefulset.ts';

const ONE = writeMarker({ v: 1, by: '1' });
const OTHER = writeMarker({ v: 1, by: '2' });

function set(marker: string | undefined, asks: Record<string, string> = { inject: 'true' }) {
  return manifest({ asks, annotations: marker === undefined ? {} : { [MARKER]: marker } });
}

t.test('a set without any marker has nothing to tell', async (t) => {
  t.same(readMarkers(set(undefined), set(undefined)), {
    marker: undefined,
    broken: false,
    came: undefined,
    borne: false,
    repaired: false,
  });
});

t.test('the stored marker is borne by what was made of the stored set', async (t) => {
  t.match(readMarkers(set(ONE), set(ONE)), { marker: { by: '1' }, borne: true, came: undefined });
  t.match(readMarkers(set(undefined), set(ONE)), {
    marker: { by: '1' },
    borne: false,
    came: undefined,
    repaired: false,
  });
});

t.test('another marker comes from an earlier round or a file', async (t) => {
  t.match(readMarkers(set(OTHER), set(ONE)), {
    marker: { by: '1' },
    came: { by: '2' },
    borne: false,
  });
  t.match(readMarkers(set(OTHER), set(undefined)), { marker: undefined, came: { by: '2' } });
});

t.test('a marker that cannot be read is made anew and told of', async (t) => {
  t.match(readMarkers(set(ONE), set('{')), { broken: true, came: { by: '1' }, repaired: true });
  t.match(readMarkers(set('{'), set(ONE)), { broken: false, came: undefined, repaired: true });
  t.match(readMarkers(set('{'), set('{')), { broken: true, came: undefined, repaired: true });
});

t.test('a marker on a set that never was opted in is not believed', async (t) => {
  for (const asks of [{}, { inject: 'false' }]) {
    t.match(readMarkers(set(ONE, asks), set(undefined, {})), { came: undefined, repaired: true });
  }
  t.match(readMarkers(set(ONE, {}), set(OTHER)), { came: { by: '1' }, repaired: false });
});
