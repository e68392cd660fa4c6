{{/* The classes to create, as a JSON list of name, provisioner and parameters. */}}
{{- define "zonekeeper.storageClasses" -}}
{{- $found := list -}}
{{- with .Values.storageClasses -}}

{{- $provisioner := "disk.csi.azure.com" -}}
{{- if .standard.create -}}
{{- $parameters := merge (dict "skuName" "StandardSSD_ZRS") .parameters -}}
{{- $found = append $found (dict "name" "zonekeeper-zrs" "provisioner" $provisioner "parameters" $parameters) -}}
{{- end -}}
{{- if .premium.create -}}
{{- $parameters := merge (dict "skuName" "Premium_ZRS") .parameters -}}
{{- $found = append $found (dict "name" "zonekeeper-premium-zrs" "provisioner" $provisioner "parameters" $parameters) -}}
{{- end -}}

{{- with .azureDiskV2 -}}
{{- /* A disk that several nodes attach allows no host caching. */ -}}
{{- $shared := dict "maxShares" (toString .maxShares) "cachingMode" "None" -}}
{{- if and .enabled .standard.create -}}
{{- $parameters := merge (dict "skuName" "StandardSSD_ZRS") $shared .parameters -}}
{{- $found = append $found (dict "name" "azuredisk-standard-ssd-zrs-replicas" "provisioner" .provisioner "parameters" $parameters) -}}
{{- end -}}
{{- if and .enabled .premium.create -}}
{{- $parameters := merge (dict "skuName" "Premium_ZRS") $shared .parameters -}}
{{- $found = append $found (dict "name" "azuredisk-premium-ssd-zrs-replicas" "provisioner" .provisioner "parameters" $parameters) -}}
{{- end -}}
{{- end -}}

{{- end -}}
{{- toJson $found -}}
{{- end -}}
