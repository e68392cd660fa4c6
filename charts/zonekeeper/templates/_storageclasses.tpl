{{/* The classes to create, as a JSON list of name, provisioner and parameters. */}}
{{- define "zonekeeper.storageClasses" -}}
{{- $found := list -}}
{{- with .Values.storageClasses -}}

{{- $provisioner := "disk.csi.azure.com" -}}
{{- $further := default dict .parameters -}}
{{- if .standard.create -}}
{{- $parameters := merge (dict "skuName" "StandardSSD_ZRS") $further -}}
{{- $found = append $found (dict "name" "zonekeeper-zrs" "provisioner" $provisioner "parameters" $parameters) -}}
{{- end -}}
{{- if .premium.create -}}
{{- $parameters := merge (dict "skuName" "Premium_ZRS") $further -}}
{{- $found = append $found (dict "name" "zonekeeper-premium-zrs" "provisioner" $provisioner "parameters" $parameters) -}}
{{- end -}}

{{- with .azureDiskV2 -}}
{{- /* A disk that several nodes attach allows no host caching. */ -}}
{{- $shared := merge (dict "maxShares" (toString .maxShares) "cachingMode" "None") (default dict .parameters) -}}
{{- if and .enabled .standard.create -}}
{{- $parameters := merge (dict "skuName" "StandardSSD_ZRS") $shared -}}
{{- $found = append $found (dict "name" "azuredisk-standard-ssd-zrs-replicas" "provisioner" .provisioner "parameters" $parameters) -}}
{{- end -}}
{{- if and .enabled .premium.create -}}
{{- $parameters := merge (dict "skuName" "Premium_ZRS") $shared -}}
{{- $found = append $found (dict "name" "azuredisk-premium-ssd-zrs-replicas" "provisioner" .provisioner "parameters" $parameters) -}}
{{- end -}}
{{- end -}}

{{- end -}}
{{- toJson $found -}}
{{- end -}}
