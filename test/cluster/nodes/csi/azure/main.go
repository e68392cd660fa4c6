// Command azure plays Key Vault and the driver's provider for it: azure -socket SOCKET -vaults FOLDER. An object of a vault is the
// file FOLDER/VAULT/TYPE/NAME, its version the time of the last write. Parameters are read as the provider reads them.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"google.golang.org/grpc"
	"sigs.k8s.io/secrets-store-csi-driver/provider/v1alpha1"
	"sigs.k8s.io/yaml"
)

const (
	audience   = "api://AzureADTokenExchange"
	permission = 0o644
)

// object is one entry of the parameter `objects`.
type object struct {
	Name       string `json:"objectName"`
	Type       string `json:"objectType"`
	Alias      string `json:"objectAlias"`
	Permission string `json:"filePermission"`
}

type provider struct {
	v1alpha1.UnimplementedCSIDriverProviderServer
	vaults string
}

func (p *provider) Version(context.Context, *v1alpha1.VersionRequest) (*v1alpha1.VersionResponse, error) {
	return &v1alpha1.VersionResponse{Version: "v1alpha1", RuntimeName: "azure", RuntimeVersion: "0.0.0"}, nil
}

// Mount returns all objects or, if one cannot be had, none.
func (p *provider) Mount(_ context.Context, request *v1alpha1.MountRequest) (*v1alpha1.MountResponse, error) {
	parameters := map[string]string{}
	if err := json.Unmarshal([]byte(request.Attributes), &parameters); err != nil {
		return nil, err
	}
	if err := signIn(parameters); err != nil {
		return nil, err
	}
	objects, err := objectsOf(parameters["objects"])
	if err != nil {
		return nil, err
	}
	response := &v1alpha1.MountResponse{}
	for _, one := range objects {
		if err := p.add(response, parameters["keyvaultName"], one); err != nil {
			return nil, err
		}
	}
	return response, nil
}

// signIn wants what workload identity needs: a client, a tenant, and the pod's token for Microsoft Entra.
func signIn(parameters map[string]string) error {
	if parameters["clientID"] == "" || parameters["tenantID"] == "" {
		return fmt.Errorf("no workload identity")
	}
	tokens := map[string]struct{ Token string }{}
	if err := json.Unmarshal([]byte(parameters["csi.storage.k8s.io/serviceAccount.tokens"]), &tokens); err != nil {
		return fmt.Errorf("service account tokens not found")
	}
	if tokens[audience].Token == "" {
		return fmt.Errorf("token for audience %s not found", audience)
	}
	return nil
}

// objectsOf reads a list in YAML of strings that are YAML each.
func objectsOf(parameter string) ([]object, error) {
	var list struct{ Array []string }
	if err := yaml.Unmarshal([]byte(parameter), &list); err != nil {
		return nil, err
	}
	objects := make([]object, len(list.Array))
	for at, one := range list.Array {
		if err := yaml.Unmarshal([]byte(one), &objects[at]); err != nil {
			return nil, err
		}
	}
	return objects, nil
}

func (p *provider) add(response *v1alpha1.MountResponse, vault string, one object) error {
	file := filepath.Join(p.vaults, vault, one.Type, one.Name)
	contents, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("failed to get objectType:%s, objectName:%s", one.Type, one.Name)
	}
	written, err := os.Stat(file)
	if err != nil {
		return err
	}
	mode := int64(permission)
	if one.Permission != "" {
		if mode, err = strconv.ParseInt(one.Permission, 8, 32); err != nil {
			return err
		}
	}
	path := one.Alias
	if path == "" {
		path = one.Name
	}
	response.Files = append(response.Files, &v1alpha1.File{Path: path, Mode: int32(mode), Contents: contents})
	response.ObjectVersion = append(response.ObjectVersion, &v1alpha1.ObjectVersion{
		Id:      one.Type + "/" + one.Name,
		Version: fmt.Sprintf("%032x", written.ModTime().UnixNano()),
	})
	return nil
}

func main() {
	socket := flag.String("socket", "", "socket on which the driver asks")
	vaults := flag.String("vaults", "", "folder of the vaults")
	flag.Parse()
	if err := os.MkdirAll(filepath.Dir(*socket), 0o755); err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("unix", *socket)
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	v1alpha1.RegisterCSIDriverProviderServer(server, &provider{vaults: *vaults})
	log.Fatal(server.Serve(listener))
}
