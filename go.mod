module github.com/sharedpractice/sharedpractice

go 1.26.0

// The library's own.
require (
	github.com/google/uuid v1.6.0
	github.com/samber/lo v1.53.0
	golang.org/x/text v0.43.0
)

// Tests only.
require github.com/stretchr/testify v1.12.1

require go.yaml.in/yaml/v3 v3.0.5 // indirect
