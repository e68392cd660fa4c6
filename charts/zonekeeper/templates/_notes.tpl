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
{{- if and .Values.deployment.enabled (eq (int .Values.replicaCount) 1) -}}
{{- $cautions = append $cautions "replicaCount is 1: while the only replica moves to another node, nobody answers for annotated StatefulSets." -}}
{{- end -}}
{{- toJson $cautions -}}
{{- end -}}
