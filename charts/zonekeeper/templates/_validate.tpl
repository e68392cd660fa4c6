{{/* Refuses values that each are well-formed but cannot work together. */}}
{{- define "zonekeeper.validate" -}}
{{- if and (not .Values.deployment.enabled) (not .Values.webhook.url) -}}
{{- fail "deployment.enabled is false, so the webhook's Service would have no pods: set webhook.url to where the webhook runs" -}}
{{- end -}}
{{- if not (regexMatch "^[a-z]" (include "zonekeeper.fullname" .)) -}}
{{- fail (printf "the name %q must begin with a letter, because a Service has it: choose another release name or set fullnameOverride" (include "zonekeeper.fullname" .)) -}}
{{- end -}}
{{- if ge (int .Values.preStopSleepSeconds) (int .Values.terminationGracePeriodSeconds) -}}
{{- fail (printf "preStopSleepSeconds is %d, which leaves no time to stop: it must be less than terminationGracePeriodSeconds, which is %d" (int .Values.preStopSleepSeconds) (int .Values.terminationGracePeriodSeconds)) -}}
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
