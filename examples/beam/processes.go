// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/runtime/graphx"
	pipepb "github.com/apache/beam/sdks/v2/go/pkg/beam/model/pipeline_v1"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/universal/runnerlib"
)

// mostProcesses is how many worker processes a run may have on one machine.
const mostProcesses = 64

func init() { //nolint:gochecknoinits // as in pipeline.go
	beam.RegisterDoFn(reflect.TypeFor[*processFn]())
}

// processScope names what one of several worker processes does.
func processScope(i int) string { return fmt.Sprintf("process %d", i) }

// onProcesses runs a pipeline on Prism with worker processes of this machine. Prism
// starts one worker for each environment of a pipeline: the shards are divided among
// as many environments, which differ in nothing but their names. Other runners
// divide the work themselves.
func onProcesses(ctx context.Context, p *beam.Pipeline, n int, dir string) error {
	failed := errors.New("the worker processes cannot be prepared")
	self, err := os.Executable()
	if err != nil {
		return failed
	}
	// Workers run what lies here already: nothing has to be staged.
	staged := filepath.Join(dir, ".staged")
	if os.WriteFile(staged, nil, 0o600) != nil {
		return failed
	}
	defer func() { _ = os.Remove(staged) }()
	edges, _, err := p.Build()
	if err != nil {
		return fmt.Errorf("the pipeline is not whole: %w", err)
	}
	watch, err := newWatch(ctx)
	if err != nil {
		return failed
	}
	defer watch.close()
	config, err := json.Marshal(map[string]any{"command": self, "env": map[string]string{watchedBy: watch.at}})
	if err != nil {
		return failed
	}
	own, err := graphx.CreateEnvironment(ctx, graphx.URNEnvProcess, func(context.Context) string { return string(config) })
	if err != nil {
		return failed
	}
	whole, err := graphx.Marshal(edges, &graphx.Options{Environment: own})
	if err != nil {
		return fmt.Errorf("the pipeline is not whole: %w", err)
	}
	divide(whole, n)
	endpoint, err := jobServer(ctx)
	if err != nil {
		return failed
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go watch.over(ctx, stop)
	_, err = runnerlib.Execute(ctx, whole, endpoint, &runnerlib.JobOptions{Name: jobopts.GetJobName(), Worker: staged, Parallelism: -1}, false)
	if err != nil && errors.Is(context.Cause(ctx), errLost) {
		return errLost
	}
	return err //nolint:wrapcheck // as beam.Run returns it
}

// errLost says that a worker process ended before the work did.
var errLost = errors.New("a worker process was lost")

// watchedBy is the variable that tells a worker process where it is watched from.
const watchedBy = "SHAREDPRACTICE_BEAM_WATCH"

// patience is how long a run may still take to end well once a worker has left it:
// Prism ends its workers a moment before it says that it is done.
const patience = 3 * time.Second

// watch holds a connection to every worker process, which ends with either side:
// Prism waits for ever for a worker that was killed.
type watch struct {
	at   string
	from net.Listener
	lost chan struct{}

	sync.Mutex
	workers []net.Conn
	closed  bool
}

func newWatch(ctx context.Context) (*watch, error) {
	from, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "localhost:0")
	if err != nil {
		return nil, errors.New("no port is free")
	}
	w := &watch{at: from.Addr().String(), from: from, lost: make(chan struct{}, 2*mostProcesses)}
	go func() {
		for {
			worker, err := from.Accept()
			if err != nil {
				return
			}
			w.hold(worker)
		}
	}()
	return w, nil
}

func (w *watch) hold(worker net.Conn) {
	w.Lock()
	defer w.Unlock()
	if w.closed {
		_ = worker.Close()
		return
	}
	w.workers = append(w.workers, worker)
	go func() {
		_, _ = worker.Read(make([]byte, 1)) // returns when the worker ends
		w.lost <- struct{}{}
	}()
}

// over stops a run that goes on without one of its workers.
func (w *watch) over(ctx context.Context, stop context.CancelCauseFunc) {
	select {
	case <-ctx.Done():
		return
	case <-w.lost:
	}
	select {
	case <-ctx.Done():
	case <-time.After(patience):
		stop(errLost)
	}
}

// close ends the workers that are left.
func (w *watch) close() {
	w.Lock()
	defer w.Unlock()
	w.closed = true
	_ = w.from.Close()
	for _, worker := range w.workers {
		_ = worker.Close()
	}
}

// watched has this worker process end with the program that started it.
func watched(ctx context.Context) {
	at := os.Getenv(watchedBy)
	if at == "" {
		return
	}
	program, err := (&net.Dialer{}).DialContext(ctx, "tcp", at)
	if err != nil {
		os.Exit(1) // it is gone already
	}
	nameMetrics(strconv.Itoa(os.Getpid()))
	go func() {
		_, _ = program.Read(make([]byte, 1))
		os.Exit(1)
	}()
}

// divide gives each process an environment.
func divide(whole *pipepb.Pipeline, n int) {
	all := whole.GetComponents()
	for i := range n {
		name := processScope(i)
		var first string
		for _, t := range all.GetTransforms() {
			if strings.HasPrefix(t.GetUniqueName(), name+"/") && t.GetEnvironmentId() != "" {
				first, t.EnvironmentId = t.GetEnvironmentId(), name
			}
		}
		if of := all.GetEnvironments()[first]; of != nil {
			all.Environments[name] = &pipepb.Environment{Urn: of.GetUrn(), Payload: of.GetPayload(), Capabilities: of.GetCapabilities()}
		}
	}
}

// jobServer starts Prism in this program and tells where.
func jobServer(ctx context.Context) (string, error) {
	free, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "localhost:0")
	if err != nil {
		return "", errors.New("no port is free")
	}
	at := free.Addr().(*net.TCPAddr).Port //nolint:forcetypeassert // of a TCP listener
	if err := free.Close(); err != nil {
		return "", errors.New("no port is free")
	}
	if _, err := prism.CreateJobServer(ctx, prism.Options{Port: at}); err != nil {
		return "", errors.New("prism does not start")
	}
	return fmt.Sprintf("localhost:%d", at), nil
}

// processFn keeps the shards of one of several worker processes.
type processFn struct{ Process, Of int }

// ProcessElement takes an example and its shard.
func (fn *processFn) ProcessElement(shard int, line string, keep func(int, string)) {
	if shard%fn.Of == fn.Process {
		keep(shard, line)
	}
}

// booted turns the flags by which a runner starts a worker process into those that
// Beam's worker asks for; nil where this is no such process.
func booted(args []string) []string {
	var id, endpoint string
	for _, a := range args {
		name, value, _ := strings.Cut(strings.TrimLeft(a, "-"), "=")
		switch name {
		case "id":
			id = strings.Trim(value, "'")
		case "provision_endpoint":
			endpoint = value
		}
	}
	if endpoint == "" || flag.Lookup("worker") == nil {
		return nil
	}
	return []string{"--worker", "--id=" + id, "--logging_endpoint=" + endpoint, "--control_endpoint=" + endpoint}
}
