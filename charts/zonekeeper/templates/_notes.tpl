{{/* What was asked for and may surprise, as a JSON list of sentences. */}}
{{- define "zonekeeper.cautions" -}}
{{- $cautions := list -}}
{{- if eq .Release.Namespace "default" -}}
{{- $cautions = append $cautions "StatefulSets in namespace default are never injected, because the webhook spares the namespace that it is installed in. Install it in a namespace of its own." -}}
{{- end -}}
{{- if and .Values.deployment.enabled (not .Values.image.registry) -}}
{{- $cautions = append $cautions (printf "image.registry is empty: the nodes must resolve the short name %s themselves, by an image that is on them already or a mirror that they are set up with. Set image.registry to the registry that holds it." (include "zonekeeper.image" .)) -}}
{{- end -}}
{{- if eq .Values.webhook.failurePolicy "Ignore" -}}
{{- $cautions = append $cautions "failurePolicy is Ignore: an annotated StatefulSet that is created while the webhook cannot be reached gets no zone-redundant storage, and claim templates cannot be changed later." -}}
{{- end -}}
{{- if and .Values.monitoring.podMonitor.enabled .Values.deployment.enabled (not (include "zonekeeper.rendersPodMonitor" .)) -}}
{{- $cautions = append $cautions "the PodMonitor was left out, because the cluster does not know its kind: nobody scrapes the webhook." -}}
{{- end -}}
{{- if and .Values.monitoring.prometheusRule.enabled (not (include "zonekeeper.rendersPrometheusRule" .)) -}}
{{- $cautions = append $cautions "the PrometheusRule was left out, because the cluster does not know its kind: nobody is alerted." -}}
{{- end -}}
{{- if and (eq .Values.certs.mode "certManager") (not (include "zonekeeper.rendersCertificate" .)) -}}
{{- $cautions = append $cautions (printf "the Certificate was left out, because the cluster does not know cert-manager: no pod starts before somebody makes Secret %s." (include "zonekeeper.secretName" .)) -}}
{{- end -}}
{{- if has .Values.tests.namespace (concat (list "kube-system" .Release.Namespace) .Values.webhook.excludedNamespaces) -}}
{{- $cautions = append $cautions (printf "helm test will fail, because the webhook spares namespace %s: set tests.namespace to another one." .Values.tests.namespace) -}}
{{- end -}}
{{- if and .Values.deployment.enabled (eq (int .Values.replicaCount) 1) -}}
{{- $cautions = append $cautions "replicaCount is 1: while the only replica moves to another node, nobody answers for annotated StatefulSets." -}}
{{- end -}}
{{- toJson $cautions -}}
{{- end -}}

{{/* Where the certificate comes from. */}}
{{- define "zonekeeper.certsNote" -}}
{{- $secret := include "zonekeeper.secretName" . -}}
{{- if eq .Values.certs.mode "self" -}}
made and renewed by the webhook, in Secret {{ $secret }}
{{- else if eq .Values.certs.mode "certManager" -}}
made and renewed by cert-manager, in Secret {{ $secret }}
{{- else -}}
yours, from Secret {{ $secret }}; no pod starts before it is there
{{- end -}}
{{- end -}}
