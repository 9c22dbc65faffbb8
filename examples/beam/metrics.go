// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"math"
	"strings"
	"time"

	fnpb "github.com/apache/beam/sdks/v2/go/pkg/beam/model/fnexecution_v1"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/util/grpcx"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// nameMetrics has this worker process put its name before the short names of its
// metrics. Each worker numbers its metrics as they come, and Prism keeps one list of
// what the numbers mean for all workers of a job: where two number them differently
// it reads one metric as another, and panics.
func nameMetrics(worker string) {
	prefix := worker + "/"
	grpcx.Dial = func(ctx context.Context, endpoint string, _ time.Duration) (*grpc.ClientConn, error) {
		return grpc.NewClient(endpoint, grpc.WithTransportCredentials(insecure.NewCredentials()),
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(math.MaxInt32), grpc.WaitForReady(true)),
			grpc.WithStreamInterceptor(func(ctx context.Context, desc *grpc.StreamDesc, cc *grpc.ClientConn, method string, streamer grpc.Streamer, opts ...grpc.CallOption) (grpc.ClientStream, error) {
				s, err := streamer(ctx, desc, cc, method, opts...)
				return &namedMetrics{ClientStream: s, prefix: prefix}, err
			}))
	}
}

// namedMetrics is a stream to the runner in which metrics carry their worker's name.
type namedMetrics struct {
	grpc.ClientStream

	prefix string
}

// SendMsg implements grpc.ClientStream.
func (s *namedMetrics) SendMsg(m any) error {
	if r, ok := m.(*fnpb.InstructionResponse); ok {
		s.name(r)
	}
	return s.ClientStream.SendMsg(m) //nolint:wrapcheck // as the stream returns it
}

// RecvMsg implements grpc.ClientStream.
func (s *namedMetrics) RecvMsg(m any) error {
	err := s.ClientStream.RecvMsg(m)
	if r, ok := m.(*fnpb.InstructionRequest); ok && err == nil {
		asked := r.GetMonitoringInfos().GetMonitoringInfoId()
		for i, id := range asked {
			asked[i] = strings.TrimPrefix(id, s.prefix)
		}
	}
	return err //nolint:wrapcheck // as the stream returns it
}

func (s *namedMetrics) name(r *fnpb.InstructionResponse) {
	switch {
	case r.GetProcessBundle() != nil:
		r.GetProcessBundle().MonitoringData = named(s.prefix, r.GetProcessBundle().GetMonitoringData())
	case r.GetProcessBundleProgress() != nil:
		r.GetProcessBundleProgress().MonitoringData = named(s.prefix, r.GetProcessBundleProgress().GetMonitoringData())
	case r.GetMonitoringInfos() != nil:
		r.GetMonitoringInfos().MonitoringInfo = named(s.prefix, r.GetMonitoringInfos().GetMonitoringInfo())
	}
}

func named[V any](prefix string, of map[string]V) map[string]V {
	out := make(map[string]V, len(of))
	for id, v := range of {
		out[prefix+id] = v
	}
	return out
}
