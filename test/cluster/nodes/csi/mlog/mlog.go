// Package mlog has what the Secrets Store CSI driver calls of monis.app/mlog: its log as text, at the level of klog.
package mlog

import (
	"context"

	"k8s.io/klog/v2"
)

// LogFormat is the form of a line.
type LogFormat string

// The two that the driver's command line offers; here both are text.
const (
	FormatText LogFormat = "text"
	FormatJSON LogFormat = "json"
)

// Setup returns what is to be called at the end of the process.
func Setup() func() { return klog.Flush }

// ValidateAndSetKlogLevelAndFormatGlobally leaves klog as its own flags have set it.
func ValidateAndSetKlogLevelAndFormatGlobally(context.Context, klog.Level, LogFormat) error {
	return nil
}

// Error logs an error.
func Error(message string, err error, fields ...any) { klog.ErrorS(err, message, fields...) }

// Fatal logs an error and ends the process.
func Fatal(err error) { klog.Fatal(err) }
