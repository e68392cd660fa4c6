import t from 'tap';
import { type Page, pages } from '../../../webhook/controllers/pages.ts';
import { FakeKube, refusal } from '../../support/fake-kube.ts';

const never = new AbortController().signal;
const PATH = '/apis/test/v1/things';
async function collect(found: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of found) all.push(page);
  return all;
}

const thing = (name: string) => ({ metadata: { name } });

t.test('a collection comes page by page', async (t) => {
  const kube = new FakeKube(({ query }) =>
    query?.continue === 'more'
      ? { metadata: { resourceVersion: '7' }, items: [thing('b')] }
      : { metadata: { resourceVersion: '7', continue: 'more' }, items: [thing('a')] },
  );
  const collection = { path: PATH, query: { labelSelector: 'a=b' }, accept: 'text/x' };
  const found = await collect(pages(kube, collection, never));
  t.strictSame(found, [
    { items: [thing('a')], resourceVersion: '7' },
    { items: [thing('b')], resourceVersion: '7' },
  ]);
  const request = { method: 'GET', path: PATH, accept: 'text/x' };
  t.strictSame(kube.requests, [
    { ...request, query: { labelSelector: 'a=b', limit: '500' } },
    { ...request, query: { labelSelector: 'a=b', limit: '500', continue: 'more' } },
  ]);
});

t.test('a list of nothing may be null', async (t) => {
  const kube = new FakeKube(() => ({ metadata: { resourceVersion: '7' }, items: null }));
  const found = await collect(pages(kube, { path: PATH }, never));
  t.strictSame(found, [{ items: [], resourceVersion: '7' }]);
});

t.test('a refusal ends it', async (t) => {
  const kube = new FakeKube(() => {
    throw refusal(403);
  });
  await t.rejects(collect(pages(kube, { path: PATH }, never)), {
    message: 'refused with 403',
  });
});
