module zonekeeper.io/test/sidecar/env/readers

go 1.26.0

require (
	github.com/docker/cli v29.9.3+incompatible
	k8s.io/kubernetes v1.36.3
)

require gotest.tools/v3 v3.5.2 // indirect
