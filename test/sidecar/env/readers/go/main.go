// Reads environment files with the parsers of Docker's command line and of the kubelet themselves.
// On standard input: {"format": "docker" or "kubernetes", "files": [{"path": "…", "names": ["…"]}]}.
// On standard output: an array with the variables of each file.
package main

import (
	"encoding/json"
	"log"
	"os"
	"strings"

	"github.com/docker/cli/pkg/kvfile"
	"k8s.io/kubernetes/pkg/kubelet/util/env"
)

type task struct {
	Format string `json:"format"`
	Files  []file `json:"files"`
}

type file struct {
	Path string `json:"path"`
	// Names are those that a container asks for: the kubelet reads one variable at a time.
	Names []string `json:"names"`
}

func main() {
	log.SetFlags(0)
	var given task
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		log.Fatal(err)
	}
	readers := map[string]func(file) (map[string]string, error){
		"docker":     readAsDocker,
		"kubernetes": readAsKubelet,
	}
	found := []map[string]string{}
	for _, one := range given.Files {
		variables, err := readers[given.Format](one)
		if err != nil {
			log.Fatal(err)
		}
		found = append(found, variables)
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		log.Fatal(err)
	}
}

func readAsDocker(one file) (map[string]string, error) {
	lines, err := kvfile.Parse(one.Path, nil)
	variables := map[string]string{}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		variables[name] = value
	}
	return variables, err
}

// readAsKubelet leaves out what the kubelet takes for missing: it cannot tell an empty value from none.
func readAsKubelet(one file) (map[string]string, error) {
	variables := map[string]string{}
	for _, name := range one.Names {
		value, err := env.ParseEnv(one.Path, name)
		if err != nil {
			return nil, err
		}
		if value != "" {
			variables[name] = value
		}
	}
	return variables, nil
}
