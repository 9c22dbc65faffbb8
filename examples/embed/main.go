// SPDX-License-Identifier: Apache-2.0

// Command embed is the smallest host of the library, for you to copy: people tell
// of what they did, see exactly what would be published, and approve or withhold
// it; a person publishes; everybody reads the guides. It imports nothing internal,
// and keeps what it is given in a Store. See README.md.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/sharedpractice/sharedpractice/model"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	if stop(); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "embed:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends.
func run(ctx context.Context, args []string, stdout io.Writer) error {
	fl := flag.NewFlagSet("embed", flag.ContinueOnError)
	addr := fl.String("addr", "127.0.0.1:8080", "address to listen on")
	host := fl.String("host", "", "name by which it is reached, with a proxy before it that speaks TLS; this machine only without it")
	dir := fl.String("dir", "", "folder to keep everything in; without it all is gone when the program ends")
	in := fl.String("in", "", "examples to take in first, JSON Lines")
	publish := fl.Bool("publish", false, "publish an edition first")
	if err := fl.Parse(args); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return errors.New("the address cannot be listened on")
	}
	defer listener.Close()
	if at, ok := listener.Addr().(*net.TCPAddr); *host == "" && (!ok || !at.IP.IsLoopback()) {
		return errors.New("-addr is not this machine's own: say with -host by which name it is reached")
	}
	if *dir == "" {
		*dir = filepath.Join(os.TempDir(), "embed-"+rand.Text())
		defer os.RemoveAll(*dir)
	}
	s, err := Open(ctx, Folder(*dir), time.Now)
	if err == nil && *in != "" {
		err = s.takeIn(ctx, *in)
	}
	if err == nil && *publish {
		err = s.Publish(ctx)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "Listening on http://%s/\n", listener.Addr()) //nolint:errcheck // it serves all the same
	s.secure = *host != ""
	server := &http.Server{
		Handler: s.Handler(listener.Addr().String(), *host), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: log.New(io.Discard, "", 0), // its messages can quote what was sent
	}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	err = server.Serve(listener)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// takeIn keeps the examples of a file. They are in nobody's browser.
func (s *Site) takeIn(ctx context.Context, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return errors.New("the file of -in cannot be opened")
	}
	defer f.Close()
	for e, err := range (model.Reader{}).JSONLines(f) {
		if err = cmp.Or(err, s.put(ctx, "file", e)); err != nil {
			return err
		}
	}
	return nil
}
