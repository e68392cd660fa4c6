{{/*
Whether to render an object of a kind that a cluster may lack: `true` or nothing. Takes the root, the render mode, the kind as
`group/version/Kind`, who brings it, and the value that asks for it.
*/}}
{{- define "zonekeeper.renders" -}}
{{- $root := index . 0 -}}{{- $mode := index . 1 -}}{{- $kind := index . 2 -}}
{{- if or (eq $mode "alwaysRender") ($root.Capabilities.APIVersions.Has $kind) -}}
true
{{- else if eq $mode "failIfMissing" -}}
{{- fail (printf "%s asks for %s, which the cluster does not know: install %s, or set %s to skipIfMissing, or to alwaysRender where helm cannot see the cluster" (index . 4) $kind (index . 3) (index . 5)) -}}
{{- end -}}
{{- end -}}

{{- define "zonekeeper.rendersPodMonitor" -}}
{{- with .Values.monitoring -}}
{{- if and .podMonitor.enabled $.Values.deployment.enabled -}}
{{- include "zonekeeper.renders" (list $ .renderMode (printf "%s/PodMonitor" .podMonitor.apiVersion) "the Prometheus Operator or Azure Monitor's metrics" "monitoring.podMonitor.enabled" "monitoring.renderMode") -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "zonekeeper.rendersPrometheusRule" -}}
{{- with .Values.monitoring -}}
{{- if .prometheusRule.enabled -}}
{{- include "zonekeeper.renders" (list $ .renderMode "monitoring.coreos.com/v1/PrometheusRule" "the Prometheus Operator" "monitoring.prometheusRule.enabled" "monitoring.renderMode") -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "zonekeeper.rendersCertificate" -}}
{{- with .Values.certs -}}
{{- if eq .mode "certManager" -}}
{{- include "zonekeeper.renders" (list $ .certManager.renderMode "cert-manager.io/v1/Certificate" "cert-manager" "certs.mode certManager" "certs.certManager.renderMode") -}}
{{- end -}}
{{- end -}}
{{- end -}}
