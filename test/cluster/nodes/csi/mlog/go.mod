// Takes the place of the driver's logging library, whose own server has to be asked for it; see ../go.mod.
module monis.app/mlog

go 1.25.0

require k8s.io/klog/v2 v2.120.1

require github.com/go-logr/logr v1.4.1 // indirect
