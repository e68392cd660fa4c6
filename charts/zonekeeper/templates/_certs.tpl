{{/* The Secret of the certificate. Another name under cert-manager, which would not take over a Secret that the webhook made. */}}
{{- define "zonekeeper.secretName" -}}
{{- $suffix := ternary "cert-manager-tls" "tls" (eq .Values.certs.mode "certManager") -}}
{{- default (printf "%s-%s" (include "zonekeeper.fullname" .) $suffix) .Values.certs.secretName -}}
{{- end -}}

{{/* The Lease under which one replica at a time renews the certificate. */}}
{{- define "zonekeeper.certsLease" -}}
{{- printf "%s-certs" (include "zonekeeper.fullname" .) -}}
{{- end -}}

{{/* The Lease under which one replica at a time keeps the SecretProviderClasses of StatefulSets. */}}
{{- define "zonekeeper.classLease" -}}
{{- printf "%s-classes" (include "zonekeeper.fullname" .) -}}
{{- end -}}

{{/* Does the webhook make anything in its own namespace? */}}
{{- define "zonekeeper.keepsObjects" -}}
{{- if or (eq .Values.certs.mode "self") .Values.secretProviderClasses.manage }}true{{ end -}}
{{- end -}}

{{/* The flags that tell the webhook where its certificate comes from. */}}
{{- define "zonekeeper.certsArgs" -}}
{{- if eq .Values.certs.mode "self" -}}
- --cert-mode=self
- --secret={{ include "zonekeeper.secretName" . }}
- --lease={{ include "zonekeeper.certsLease" . }}
{{- else -}}
- --cert-mode={{ ternary "cert-manager" "secret" (eq .Values.certs.mode "certManager") }}
- --tls-dir=/etc/zonekeeper-tls
{{- end -}}
{{- end -}}

{{/*
The folder of a certificate that others make. The file ca.crt comes from the value if that is given, and it may be missing
in the Secret; the other two may not, so that no pod starts without them.
*/}}
{{- define "zonekeeper.certsVolume" -}}
{{- $secret := include "zonekeeper.secretName" . -}}
projected:
  sources:
    - secret:
        name: {{ $secret | quote }}
        items:
          - key: tls.crt
            path: tls.crt
          - key: tls.key
            path: tls.key
    {{- if .Values.certs.caBundle }}
    - configMap:
        name: {{ include "zonekeeper.fullname" . }}
        items:
          - key: ca.crt
            path: ca.crt
    {{- else }}
    - secret:
        name: {{ $secret | quote }}
        optional: true
        items:
          - key: ca.crt
            path: ca.crt
    {{- end }}
{{- end -}}

{{/* Whom the certificate is for; the webhook puts the same names into its own. */}}
{{- define "zonekeeper.hosts" -}}
{{- $name := include "zonekeeper.fullname" . -}}
{{- $namespace := .Release.Namespace -}}
- {{ $name }}
- {{ $name }}.{{ $namespace }}
- {{ $name }}.{{ $namespace }}.svc
- {{ $name }}.{{ $namespace }}.svc.{{ .Values.clusterDomain }}
{{- end -}}
