// SPDX-License-Identifier: Apache-2.0

// Command desk is a working group's desk: a web application on its own machine
// in which an officer collects examples from spreadsheets, checks them, sees
// what would be published, asks contributors to sign it off, fills in the guides
// and publishes.
//
//	go -C examples/desk run . [-data FILE] [-addr 127.0.0.1:8090] [-quiet] [-backup FILE] [-host NAME]
//
// It prints its address and opens the browser where it can. Everything, the raw
// texts and the secret key too, is in FILE (desk.db), which only its owner can
// read. Keep copies of it: who has lost it cannot go on publishing. -backup
// writes such a copy and ends; a copy is put back by giving it as -data.
//
// On a small server it listens on the loopback address too, behind a proxy that
// speaks TLS and tells in X-Forwarded-For who asks; -host is the name by which it
// is reached.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os/exec"
	"runtime"
	"time"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

func main() { program.Main("desk", run) }

// run serves until ctx ends.
func run(ctx context.Context, args []string, _ io.Reader, stdout io.Writer) error {
	fl := flag.NewFlagSet("desk", flag.ContinueOnError)
	fl.SetOutput(io.Discard)
	data := fl.String("data", "desk.db", "file that holds everything; made on the first run")
	addr := fl.String("addr", "127.0.0.1:8090", "address to listen on; it must be this machine's own")
	quiet := fl.Bool("quiet", false, "open no browser")
	backup := fl.String("backup", "", "write a copy of the data to this new file, and end")
	host := fl.String("host", "", "name by which it is reached through a proxy that speaks TLS; this machine only without it")
	if err := fl.Parse(args); errors.Is(err, flag.ErrHelp) {
		fl.SetOutput(stdout)
		fl.PrintDefaults()
		return err
	} else if err != nil || fl.NArg() > 0 {
		return fmt.Errorf("%w: desk [-data FILE] [-addr 127.0.0.1:PORT] [-quiet] [-backup FILE] [-host NAME]", program.ErrUsage)
	}
	own, _, err := net.SplitHostPort(*addr)
	if ip := net.ParseIP(own); err != nil || own != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%w: -addr is 127.0.0.1:PORT: raw texts stay on this machine", program.ErrUsage)
	}
	s, err := openStore(ctx, *data, time.Now)
	if err != nil {
		return err
	}
	defer s.close() //nolint:errcheck // every write was committed
	if *backup != "" {
		if err := s.backup(ctx, *backup); err != nil {
			return err
		}
		_, err := fmt.Fprintln(stdout, "The copy is written.")
		return err
	}
	a, err := newApp(ctx, s, stdout)
	if err != nil {
		return err
	}
	defer a.stop()
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return errors.New("the address cannot be listened on: another program has it, or this one runs already")
	}
	defer listener.Close()
	address := fmt.Sprintf("http://%s/%s", listener.Addr(), a.welcome())
	if _, err := fmt.Fprintf(stdout, "The desk is open at %s\n", address); err != nil {
		return err
	}
	names := hosts(listener.Addr())
	if a.secure = *host != ""; a.secure {
		names = []string{*host}
	}
	if !*quiet && !a.secure {
		open(ctx, address)
	}
	return serve(ctx, listener, a.handler(names), stdout)
}

// open shows the address in the browser, where there is one.
func open(ctx context.Context, address string) {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	// The address is this program's own. Where no browser opens, it stands printed.
	if c := exec.CommandContext(context.WithoutCancel(ctx), name, args...); c.Start() == nil { //nolint:gosec // see above
		go c.Wait() //nolint:errcheck // see above
	}
}

// hosts are the values of the Host header that are answered. Any other is a name
// that somebody else has pointed at this machine.
func hosts(addr net.Addr) []string {
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return nil
	}
	var out []string
	for _, name := range [...]string{"localhost", "127.0.0.1", "::1"} {
		out = append(out, net.JoinHostPort(name, port))
	}
	return out
}
