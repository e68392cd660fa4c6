import assert from 'node:assert/strict';
import jsonPatch from 'fast-json-patch';
import t from 'tap';
import { parseConfiguration } from '../../../../webhook/core/configuration.ts';
import { explain } from '../../../../webhook/core/explain.ts';
import { review } from '../../../../webhook/core/review.ts';
import { checkShape } from '../../../../webhook/core/shape.ts';
import { uninject } from '../../../../webhook/core/uninject.ts';
import { NAMESPACE } from '../../../support/admission.ts';
import { assertValid, patchOf } from '../../../support/answer.ts';
import {
  anyView,
  contexts,
  strictConfiguration,
} from '../../../support/arbitraries/configuration.ts';
import { anyJson } from '../../../support/arbitraries/json.ts';
import { brokenReviews, reviewOf, reviews } from '../../../support/arbitraries/review.ts';
import { anySets } from '../../../support/arbitraries/statefulset.ts';
import { contextWith } from '../../../support/context.ts';
import { holds } from '../../../support/property.ts';
import { copyOf } from '../../../support/statefulset.ts';

t.setTimeout(300_000);

t.test('any body gets an answer', async (t) => {
  holds(t, anyJson, (body) => {
    const reviewed = review(body, contextWith());
    assert.equal(reviewed.malformed?.code, 'ZK401');
  });
});

t.test('any object in a sound envelope gets a valid answer', async (t) => {
  holds(t, anyJson, anyJson, contexts(), (object, oldObject, context) => {
    const body = reviewOf(object, oldObject);
    assertValid(review(body, context), (body.request as { uid: unknown }).uid);
  });
});

t.test('a review in which any fields hold any JSON gets a valid answer', async (t) => {
  holds(t, brokenReviews, contexts(strictConfiguration, anyView), (body, context) => {
    const { request } = body as { request?: { uid?: unknown } };
    assertValid(review(body, context), request?.uid);
  });
});

t.test('the patch of a valid answer applies to what was sent', async (t) => {
  holds(t, reviews, contexts(strictConfiguration, anyView), (body, context) => {
    const { uid, object } = body.request as { uid: unknown; object: object };
    const sent = copyOf<object>(object);
    const reviewed = review(body, context);
    assertValid(reviewed, uid);
    if (reviewed.malformed !== undefined) return;
    const { newDocument } = jsonPatch.applyPatch(sent, patchOf(reviewed));
    assert.ok(checkShape(newDocument).problems === undefined);
  });
});

t.test('any value can be looked at, explained, undone or read as a configuration', async (t) => {
  holds(t, anyJson, anySets, contexts(strictConfiguration, anyView), (value, set, context) => {
    checkShape(value);
    parseConfiguration(value);
    parseConfiguration({ profiles: value });
    uninject(set);
    explain(set, NAMESPACE, context);
  });
});
