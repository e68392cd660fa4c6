{{/* Refuses values that each are well-formed but cannot work together. */}}
{{- define "zonekeeper.validate" -}}
{{- if and (not .Values.deployment.enabled) (not .Values.webhook.url) -}}
{{- fail "deployment.enabled is false, so the webhook's Service would have no pods: set webhook.url to where the webhook runs" -}}
{{- end -}}
{{- if not (regexMatch "^[a-z]" (include "zonekeeper.fullname" .)) -}}
{{- fail (printf "the name %q must begin with a letter, because a Service has it: choose another release name or set fullnameOverride" (include "zonekeeper.fullname" .)) -}}
{{- end -}}
{{- $stopping := add .Values.preStopSleepSeconds .Values.drainSeconds 5 -}}
{{- if gt $stopping (int64 .Values.terminationGracePeriodSeconds) -}}
{{- fail (printf "terminationGracePeriodSeconds is %d: stopping takes up to %d seconds, which are preStopSleepSeconds, drainSeconds and 5 for the last requests" (int .Values.terminationGracePeriodSeconds) $stopping) -}}
{{- end -}}
{{- if and (eq .Values.certs.mode "secret") (not .Values.certs.secretName) -}}
{{- fail "certs.mode is secret: set certs.secretName to the Secret that holds tls.crt and tls.key" -}}
{{- end -}}
{{- if and (ne .Values.certs.mode "secret") .Values.certs.caBundle -}}
{{- fail (printf "certs.caBundle is for certs.mode secret: in mode %s the CA is not yours to set" .Values.certs.mode) -}}
{{- end -}}
{{- with .Values.networkPolicy -}}
{{- if and .enabled (not .apiServer.konnectivity) (not .apiServer.cidrs) -}}
{{- fail "networkPolicy lets nobody call the webhook: set networkPolicy.apiServer.cidrs to where the API server calls from, or networkPolicy.apiServer.konnectivity to true" -}}
{{- end -}}
{{- end -}}
{{- if eq (toString .Values.enabled) "false" -}}
{{- fail "enabled is for the condition of a chart that depends on this one: to install nothing, do not install" -}}
{{- end -}}
{{- range $key, $value := .Values.storageClasses.parameters -}}
{{- include "zonekeeper.validateParameter" (list "storageClasses.parameters" $key (list "skuname" "storageaccounttype")) -}}
{{- end -}}
{{- range $key, $value := .Values.storageClasses.azureDiskV2.parameters -}}
{{- include "zonekeeper.validateParameter" (list "storageClasses.azureDiskV2.parameters" $key (list "skuname" "storageaccounttype" "maxshares" "cachingmode")) -}}
{{- end -}}
{{- end -}}

{{/* The drivers read the names of parameters in any case, so a second spelling would set one twice. */}}
{{- define "zonekeeper.validateParameter" -}}
{{- $path := index . 0 -}}{{- $key := index . 1 -}}
{{- if has (lower $key) (index . 2) -}}
{{- fail (printf "%s.%s: the class sets this parameter itself; remove it" $path $key) -}}
{{- end -}}
{{- end -}}
