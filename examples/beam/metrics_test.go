// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	fnpb "github.com/apache/beam/sdks/v2/go/pkg/beam/model/fnexecution_v1"
	pipepb "github.com/apache/beam/sdks/v2/go/pkg/beam/model/pipeline_v1"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
)

// wire is a stream to a runner that keeps what was sent.
type wire struct {
	grpc.ClientStream

	sent []any
	asks *fnpb.InstructionRequest
}

func (w *wire) SendMsg(m any) error { w.sent = append(w.sent, m); return nil }

func (w *wire) RecvMsg(m any) error {
	m.(*fnpb.InstructionRequest).Request = w.asks.GetRequest()
	return nil
}

// What two workers call by one number are two metrics, wherever they speak of them,
// and a worker that is asked by its own name for a metric finds it by its number.
func TestMetricsOfTwoWorkers(t *testing.T) {
	const number = "1"
	said := map[string][]byte{number: {7}}
	names := map[string]bool{}
	for _, worker := range []string{"100", "1001"} {
		w := &wire{}
		s := &namedMetrics{ClientStream: w, prefix: worker + "/"}
		final := &fnpb.InstructionResponse{Response: &fnpb.InstructionResponse_ProcessBundle{
			ProcessBundle: &fnpb.ProcessBundleResponse{MonitoringData: said},
		}}
		progress := &fnpb.InstructionResponse{Response: &fnpb.InstructionResponse_ProcessBundleProgress{
			ProcessBundleProgress: &fnpb.ProcessBundleProgressResponse{MonitoringData: said},
		}}
		meaning := &fnpb.InstructionResponse{Response: &fnpb.InstructionResponse_MonitoringInfos{
			MonitoringInfos: &fnpb.MonitoringInfosMetadataResponse{MonitoringInfo: map[string]*pipepb.MonitoringInfo{number: {Urn: "count"}}},
		}}
		for _, r := range []*fnpb.InstructionResponse{final, progress, meaning} {
			require.NoError(t, s.SendMsg(r))
		}
		require.Len(t, w.sent, 3)
		of := map[string]bool{}
		for name := range final.GetProcessBundle().GetMonitoringData() {
			of[name], names[name] = true, true
		}
		for name := range progress.GetProcessBundleProgress().GetMonitoringData() {
			require.True(t, of[name])
		}
		for name := range meaning.GetMonitoringInfos().GetMonitoringInfo() {
			require.True(t, of[name])
			w.asks = &fnpb.InstructionRequest{Request: &fnpb.InstructionRequest_MonitoringInfos{
				MonitoringInfos: &fnpb.MonitoringInfosMetadataRequest{MonitoringInfoId: []string{name}},
			}}
		}
		var got fnpb.InstructionRequest
		require.NoError(t, s.RecvMsg(&got))
		require.Equal(t, []string{number}, got.GetMonitoringInfos().GetMonitoringInfoId())
	}
	require.Len(t, names, 2)
}
