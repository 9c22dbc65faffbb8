// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// serve answers requests until ctx ends, and then lets those under way end.
func serve(ctx context.Context, listener net.Listener, h http.Handler, logged io.Writer) error {
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(silent{logged}, "", 0),
	}
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := s.Shutdown(closing); err != nil {
		return errors.New("requests were still under way after 10 s")
	}
	return nil
}

// silent says that the server has something to say, and not what: its messages
// can quote what was sent.
type silent struct{ to io.Writer }

func (s silent) Write(b []byte) (int, error) {
	if _, err := io.WriteString(s.to, "http: a connection failed\n"); err != nil {
		return 0, err
	}
	return len(b), nil
}
