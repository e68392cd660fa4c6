import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import type { Operation } from '../../webhook/core/patch.ts';
import type { Reviewed } from '../../webhook/core/review.ts';

/** Fails unless the API server would understand the answer and pass all of it on. */
export function assertValid(reviewed: Reviewed, uid: unknown): void {
  if (reviewed.malformed !== undefined) {
    assert.equal(reviewed.malformed.code, 'ZK401');
    return;
  }
  const { apiVersion, kind, response } = reviewed.answer;
  assert.equal(apiVersion, 'admission.k8s.io/v1');
  assert.equal(kind, 'AdmissionReview');
  assert.equal(response.uid, uid);
  assert.equal(response.patch === undefined, response.patchType === undefined);
  assert.equal(response.allowed, response.status === undefined);
  for (const warning of response.warnings ?? []) {
    assert.match(warning, /^ZK2\d\d [^\p{Cc}]+$/u);
    assert.ok([...warning].length <= 256, warning);
  }
  for (const value of Object.values(response.auditAnnotations ?? {})) {
    assert.equal(typeof value, 'string');
  }
}

/** The operations of the patch; none if there is no patch. */
export function patchOf({ answer }: Reviewed & { malformed?: undefined }): Operation[] {
  const { patch } = answer.response;
  return patch === undefined ? [] : JSON.parse(Buffer.from(patch, 'base64').toString());
}
