/** Something the ServiceAccount has to be allowed to do. */
export interface Permission {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** Absent: in every namespace, or of a kind that lies in none. */
  readonly namespace?: string;
  /** Absent: for objects of any name. */
  readonly name?: string;
  /** Can the webhook not serve without it? What is not essential only costs warnings. */
  readonly essential: boolean;
}

/** What the webhook was told to work with, as far as permissions follow from it. */
export interface PermissionNeeds {
  /** Of the Secret and of the Lease of the leader. */
  readonly namespace: string;
  readonly secret: string;
  /** Absent: it issues no certificates itself, so it writes no Secret and elects no leader. */
  readonly leaderLease?: string;
  readonly webhookConfiguration: string;
  /** Does it write the caBundle? */
  readonly writesCaBundle: boolean;
  /** Where the Leases of schedulers are. */
  readonly leaseNamespaces: readonly string[];
}

const WATCH = ['list', 'watch'];
const ADMISSION = 'admissionregistration.k8s.io';
const COORDINATION = 'coordination.k8s.io';

/** Every permission that is needed; the chart grants exactly these. */
export function neededPermissions(needs: PermissionNeeds): Permission[] {
  const { namespace, secret, leaderLease, webhookConfiguration, leaseNamespaces } = needs;
  const ofSecret = { group: '', resource: 'secrets', namespace, essential: true };
  const ofLease = { group: COORDINATION, resource: 'leases', namespace, essential: true };
  const configurations = { group: ADMISSION, resource: 'mutatingwebhookconfigurations' };
  const issuing = leaderLease
    ? [
        ...each(['create'], ofSecret),
        ...each(['patch'], { ...ofSecret, name: secret }),
        ...each(['create'], ofLease),
        ...each(['get', 'update'], { ...ofLease, name: leaderLease }),
      ]
    : [];
  return [
    ...each(['get', ...WATCH], { ...ofSecret, name: secret }),
    ...issuing,
    ...each([...WATCH, ...(needs.writesCaBundle ? ['patch'] : [])], {
      ...configurations,
      name: webhookConfiguration,
      essential: true,
    }),
    ...viewPermissions(leaseNamespaces),
  ];
}

function viewPermissions(leaseNamespaces: readonly string[]): Permission[] {
  const kinds = [
    { group: 'storage.k8s.io', resource: 'storageclasses' },
    { group: '', resource: 'persistentvolumeclaims' },
    { group: 'secrets-store.csi.x-k8s.io', resource: 'secretproviderclasses' },
    ...leaseNamespaces.map((namespace) => ({
      group: COORDINATION,
      resource: 'leases',
      namespace,
    })),
  ];
  return kinds.flatMap((kind) => each(WATCH, { ...kind, essential: false }));
}

function each(verbs: readonly string[], on: Omit<Permission, 'verb'>): Permission[] {
  return verbs.map((verb) => ({ verb, ...on }));
}

/** For people: `patch secrets "zonekeeper" in namespace "system"`. */
export function permissionText({ verb, group, resource, namespace, name }: Permission): string {
  const kind = group === '' ? resource : `${resource}.${group}`;
  const of = name === undefined ? '' : ` "${name}"`;
  const where = namespace === undefined ? '' : ` in namespace "${namespace}"`;
  return `${verb} ${kind}${of}${where}`;
}
