// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// visits bounds how often each visitor may do something in a minute, so that none
// uses up what all share. Safe for concurrent use.
type visits struct {
	most  int
	mu    sync.Mutex
	since time.Time
	times map[string]int
}

// mostVisitors is how many are told apart: memory is bounded.
const mostVisitors = 10_000

// from is the visitor: its address, of the newer kind the network.
func from(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	if ip := net.ParseIP(host); ip != nil && ip.To4() == nil {
		return ip.Mask(net.CIDRMask(64, 128)).String()
	}
	return host
}

// may counts one more, and reports whether it may be done.
func (v *visits) may(r *http.Request, now time.Time) bool { return v.count(r, now, 1) <= v.most }

// left reports whether one more may be done.
func (v *visits) left(r *http.Request, now time.Time) bool { return v.count(r, now, 0) < v.most }

func (v *visits) count(r *http.Request, now time.Time, n int) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	if now.Sub(v.since) > time.Minute || len(v.times) > mostVisitors {
		v.since, v.times = now, map[string]int{}
	}
	v.times[from(r)] += n
	return v.times[from(r)]
}
