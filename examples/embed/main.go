// SPDX-License-Identifier: Apache-2.0

// Command embed is a small web application around the library: a contributor
// fills in or pastes an example, sees exactly what would be published and why,
// signs the exact text off or withholds it, and reads HOW TO guides whose open
// questions are fields to fill and to take along in a Word document. Whoever looks
// for help with a challenge finds the topics that others tell of, and never whose
// they are; introductions are the working group's to make, and it alone learns
// from the log how many could be asked.
//
//	go run ./examples/embed [-addr 127.0.0.1:8080] [-host NAME]
//
// Everything is held in memory and gone when the program ends. It is made for
// one machine: on any other address than the loopback's it asks by which name
// (-host) it is reached, and expects a proxy in front of it that speaks TLS.
//
// Nobody sees what another visitor wrote, in any form. A visitor's signed
// examples count in an edition of the visitor's own, beside the embedded sample
// (made up); and since a visitor knows what it added itself, that edition asks
// for one contributor more behind everything. A host that brings visitors
// together stores the sealed records, lets a person look at them, and issues
// editions against a ledger, as examples/howto does.
//
// For the same reason a visitor's text is held against the names that this
// visitor declares, and not against those of the sample's contributors: a page
// that masks somebody's declared name at once tells who takes part.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

func main() { program.Main("embed", run) }

// run serves until ctx ends. It writes its address and its log to stdout.
func run(ctx context.Context, args []string, _ io.Reader, stdout io.Writer) error {
	fl := flag.NewFlagSet("embed", flag.ContinueOnError)
	fl.SetOutput(io.Discard)
	addr := fl.String("addr", "127.0.0.1:8080", "address to listen on")
	host := fl.String("host", "", "name by which it is reached, where that is not the loopback address")
	if err := fl.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil || fl.NArg() > 0 {
		return fmt.Errorf("%w: embed [-addr HOST:PORT] [-host NAME]", program.ErrUsage)
	}
	name, _, err := net.SplitHostPort(*addr)
	if err != nil {
		return fmt.Errorf("%w: -addr is HOST:PORT", program.ErrUsage)
	}
	if *host == "" && !loopback(name) {
		return fmt.Errorf("%w: -addr is no loopback address: say with -host by which name it is reached", program.ErrUsage)
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return errors.New("the address cannot be listened on")
	}
	defer listener.Close()
	key := make([]byte, 32)
	rand.Read(key) // one key a process: nothing outlives it
	a, err := newApp(ctx, key, time.Now, stdout)
	if err != nil {
		return err
	}
	a.secure = *host != ""
	if _, err := fmt.Fprintf(stdout, "Listening on http://%s/\n", listener.Addr()); err != nil {
		return err
	}
	return serve(ctx, listener, a.handler(hosts(listener.Addr(), name, *host)), stdout)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// hosts are the values of the Host header that are answered. Any other is a name
// that somebody else has pointed at this machine.
func hosts(addr net.Addr, listened, named string) []string {
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return nil
	}
	var out []string
	if named != "" {
		out = append(out, named, net.JoinHostPort(named, port))
	}
	if loopback(listened) {
		for _, name := range [...]string{"localhost", "127.0.0.1", "::1", listened} {
			out = append(out, net.JoinHostPort(name, port))
			if port == "80" {
				out = append(out, name)
			}
		}
	}
	return out
}
