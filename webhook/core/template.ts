import { equal } from './equal.ts';
import { injectEnvironment, stripEnvironment } from './inject/environment.ts';
import { injectFailover, stripFailover } from './inject/failover.ts';
import { injectFlexVolumes, stripFlexVolumes } from './inject/flexvolume.ts';
import { stripFormerSecrets } from './inject/former-secrets.ts';
import { stripFormerSidecar } from './inject/former-sidecar.ts';
import type { Injected } from './inject/injected.ts';
import { injectPlacement, stripPlacement } from './inject/placement.ts';
import {
  chosenScheduler,
  DEFAULT_SCHEDULER,
  injectScheduler,
  stripScheduler,
} from './inject/scheduler.ts';
import { injectSecrets, stripSecrets } from './inject/secrets.ts';
import { injectSidecar, stripSidecar } from './inject/sidecar.ts';
import type { TemplateRecord } from './marker.ts';
import type { TemplatePlan } from './plan.ts';
import type { Problem } from './problems.ts';
import type { PodSpec, PodTemplate } from './statefulset.ts';

export interface InjectedTemplate {
  /** The very template that came in if nothing was put in. */
  readonly template: PodTemplate;
  readonly record: TemplateRecord;
  readonly denials: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Puts the whole plan into a template that holds nothing of ours. */
export function injectTemplate(
  template: PodTemplate,
  plan: TemplatePlan,
  claimNames: readonly string[],
): InjectedTemplate {
  const folding = new Folding(template.spec);
  const { schedulerName, secrets, vault, proximityPlacementGroup, fastFailover } = plan;
  const labels = template.metadata?.labels ?? {};
  const scheduler = folding.add(schedulerName, injectScheduler);
  const flexVolumes = folding.add(plan.flexVolumes, injectFlexVolumes);
  const entries = folding.add(secrets, (spec, plan) => injectSecrets(spec, plan, claimNames));
  // The sidecar comes last of the three, so that it does not get what is for the containers of the user.
  const environment = folding.add(plan.environment, injectEnvironment);
  const mounts = secrets?.entries ?? [];
  const sidecar = folding.add(plan.sidecar, (spec, sidecar) =>
    injectSidecar(spec, sidecar, { mounts, labels, claimNames, standing: plan.standing }),
  );
  const placement = folding.add(proximityPlacementGroup, injectPlacement);
  const failover = folding.add(fastFailover, injectFailover);
  return {
    template: folding.spec === template.spec ? template : { ...template, spec: folding.spec },
    record: {
      ...(scheduler && { scheduler }),
      ...(entries && { secrets: entries }),
      ...(entries && secrets?.containers && { containers: secrets.containers }),
      ...(sidecar && { sidecar }),
      ...(environment && { environment }),
      ...(placement && { placement }),
      ...(failover && { failover }),
      ...(entries && vault && { vault }),
      ...(flexVolumes && { flexVolumes }),
    },
    denials: folding.denials,
    warnings: folding.warnings,
  };
}

/** Removes exactly what the record lists, where it still stands as it was put in. */
export function stripTemplate(template: PodTemplate, record: TemplateRecord): PodTemplate {
  let { spec } = template;
  if (record.failover) spec = stripFailover(spec, record.failover);
  if (record.placement) spec = stripPlacement(spec, record.placement);
  const { containers } = record;
  if (record.sidecar) spec = stripSidecar(spec, record.sidecar);
  if (record.environment) {
    spec = stripEnvironment(spec, { entry: record.environment, containers });
  }
  if (record.secrets) spec = stripSecrets(spec, { entries: record.secrets, containers });
  if (record.flexVolumes) spec = stripFlexVolumes(spec, record.flexVolumes);
  if (record.scheduler) spec = stripScheduler(spec, record.scheduler);
  return spec === template.spec ? template : { ...template, spec };
}

/** Removes what was put into an earlier revision of a stored template that now holds what the record lists. */
export function stripFormer(
  template: PodTemplate,
  stored: () => PodTemplate,
  record: TemplateRecord,
): PodTemplate {
  const own = () => stored().spec;
  const bare = stripFormerSidecar(template.spec, own, record);
  const spec = stripFormerSecrets(bare, own, record.secrets ?? []);
  return spec === template.spec ? template : { ...template, spec };
}

/** Whether two templates make the same pods, as far as the API server's default for the scheduler goes. */
export function sameTemplate(one: PodTemplate, other: PodTemplate): boolean {
  const [a, b] = [withScheduler(one), withScheduler(other)];
  return equal(a, b);
}

function withScheduler(template: PodTemplate): PodTemplate {
  const { spec } = template;
  if (chosenScheduler(spec) !== undefined) return template;
  return { ...template, spec: { ...spec, schedulerName: DEFAULT_SCHEDULER } };
}

class Folding {
  spec: PodSpec;
  readonly denials: Problem[] = [];
  readonly warnings: Problem[] = [];

  constructor(spec: PodSpec) {
    this.spec = spec;
  }

  add<Value, Entry>(
    value: Value | undefined,
    inject: (spec: PodSpec, value: Value) => Injected<Entry>,
  ): Entry | undefined {
    if (value === undefined) return undefined;
    const { spec, entry, denials, warnings } = inject(this.spec, value);
    this.spec = spec;
    this.denials.push(...denials);
    this.warnings.push(...warnings);
    return entry;
  }
}
