// Command registrar makes a CSI driver known to the kubelet of its node, as the sidecar node-driver-registrar does in an
// installation: registrar -name NAME -endpoint SOCKET -registration SOCKET.
package main

import (
	"context"
	"flag"
	"log"
	"net"
	"time"

	"google.golang.org/grpc"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

type registrar struct {
	info registration.PluginInfo
}

func (r *registrar) GetInfo(context.Context, *registration.InfoRequest) (*registration.PluginInfo, error) {
	return &r.info, nil
}

func (r *registrar) NotifyRegistrationStatus(_ context.Context, status *registration.RegistrationStatus) (*registration.RegistrationStatusResponse, error) {
	if !status.PluginRegistered {
		log.Fatalf("the kubelet refused %s: %s", r.info.Name, status.Error)
	}
	log.Printf("registered %s", r.info.Name)
	return &registration.RegistrationStatusResponse{}, nil
}

func main() {
	name := flag.String("name", "", "name of the driver")
	endpoint := flag.String("endpoint", "", "socket of the driver")
	socket := flag.String("registration", "", "socket on which the kubelet asks")
	flag.Parse()
	untilServed(*endpoint)
	listener, err := net.Listen("unix", *socket)
	if err != nil {
		log.Fatal(err)
	}
	info := registration.PluginInfo{
		Type:              registration.CSIPlugin,
		Name:              *name,
		Endpoint:          *endpoint,
		SupportedVersions: []string{"1.0.0"},
	}
	server := grpc.NewServer()
	registration.RegisterRegistrationServer(server, &registrar{info: info})
	log.Fatal(server.Serve(listener))
}

// untilServed returns when something listens on a socket: the kubelet asks the driver at once.
func untilServed(socket string) {
	for {
		connection, err := net.Dial("unix", socket)
		if err == nil {
			connection.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}
