{{- define "zonekeeper.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The Service carries this name, and a DNS label has at most 63 characters. */}}
{{- define "zonekeeper.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "zonekeeper.serviceAccountName" -}}
{{- default (ternary (include "zonekeeper.fullname" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "zonekeeper.image" -}}
{{- $version := .Values.image.tag | default .Chart.AppVersion | printf ":%s" -}}
{{- if .Values.image.digest }}{{ $version = printf "@%s" .Values.image.digest }}{{ end -}}
{{- with .Values.image.registry }}{{ . }}/{{ end }}{{ .Values.image.repository }}{{ $version }}
{{- end -}}

{{- define "zonekeeper.sidecarImage" -}}
{{- $image := .Values.sidecar.image -}}
{{- $version := $image.tag | default .Values.image.tag | default .Chart.AppVersion | printf ":%s" -}}
{{- if $image.digest }}{{ $version = printf "@%s" $image.digest }}{{ end -}}
{{- with .Values.image.registry }}{{ . }}/{{ end }}{{ $image.repository }}{{ $version }}
{{- end -}}

{{/* What selectors name: it can never change, so nothing else belongs here. */}}
{{- define "zonekeeper.selectorLabels" -}}
app.kubernetes.io/name: {{ include "zonekeeper.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/* Labels of a pod: without the chart's version, which would restart pods for a change elsewhere in the chart. */}}
{{- define "zonekeeper.podLabels" -}}
{{- $own := dict "app.kubernetes.io/component" "webhook" -}}
{{- toYaml (merge (include "zonekeeper.selectorLabels" . | fromYaml) $own (default dict .Values.podLabels) (default dict .Values.commonLabels)) -}}
{{- end -}}

{{- define "zonekeeper.labels" -}}
{{- $own := dict
  "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
  "app.kubernetes.io/version" (.Chart.AppVersion | replace "+" "_")
  "app.kubernetes.io/managed-by" .Release.Service
-}}
{{- toYaml (merge (include "zonekeeper.selectorLabels" . | fromYaml) $own (default dict .Values.commonLabels)) -}}
{{- end -}}

{{/* The labels of an object and further ones, which never take the place of one. Takes the root and the further labels. */}}
{{- define "zonekeeper.labelsWith" -}}
{{- toYaml (merge (include "zonekeeper.labels" (index . 0) | fromYaml) (default dict (index . 1))) -}}
{{- end -}}

{{/*
Where schedulers show by a lease that they run, as a JSON list: kube-system, in which a scheduler that an annotation names is
looked up, and what the profiles say.
*/}}
{{- define "zonekeeper.leaseNamespaces" -}}
{{- $namespaces := list "kube-system" -}}
{{- range $profile := .Values.config.profiles -}}
{{- with $profile.schedulerLease }}{{ $namespaces = append $namespaces .namespace }}{{ end -}}
{{- end -}}
{{- $namespaces | uniq | sortAlpha | toJson -}}
{{- end -}}

{{/* A constraint without labelSelector counts the pods of one revision, so that those on their way out do not weigh. */}}
{{- define "zonekeeper.topologySpreadConstraints" -}}
{{- $pods := dict
  "labelSelector" (dict "matchLabels" (include "zonekeeper.selectorLabels" . | fromYaml))
  "matchLabelKeys" (list "pod-template-hash")
-}}
{{- $constraints := list -}}
{{- range .Values.topologySpreadConstraints -}}
{{- $constraint := deepCopy . -}}
{{- if not (hasKey . "labelSelector") }}{{ $constraint = merge $constraint $pods }}{{ end -}}
{{- $constraints = append $constraints $constraint -}}
{{- end -}}
{{- toYaml $constraints -}}
{{- end -}}
