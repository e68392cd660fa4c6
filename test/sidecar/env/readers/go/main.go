package main

import (
	"fmt"

	"github.com/docker/cli/pkg/kvfile"
	"k8s.io/kubernetes/pkg/kubelet/util/env"
)

func main() { fmt.Println(kvfile.Parse("x", nil)); fmt.Println(env.ParseEnv("x", "y")) }
