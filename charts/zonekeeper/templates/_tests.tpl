{{/* Hook annotations of what the test pod may do: there before the pod, and gone when the test has ended, however it ends. */}}
{{- define "zonekeeper.testRights" -}}
helm.sh/hook: test
helm.sh/hook-weight: "0"
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded,hook-failed
{{- end -}}

{{/* Labels of the test pod: another name, so that neither the Service nor the PodDisruptionBudget takes it for a replica. */}}
{{- define "zonekeeper.testLabels" -}}
{{- $own := dict "app.kubernetes.io/name" (printf "%s-test" (include "zonekeeper.name" .) | trunc 63 | trimSuffix "-") -}}
{{- toYaml (merge $own (include "zonekeeper.labels" . | fromYaml)) -}}
{{- end -}}
