package storage

import (
	"context"
	"time"

	"gorm.io/gorm/logger"
)

// quiet keeps gorm from logging: its lines would hold values of customers. What
// goes wrong is returned as an error.
type quiet struct{}

func (q quiet) LogMode(logger.LogLevel) logger.Interface                               { return q }
func (quiet) Info(context.Context, string, ...any)                                     {}
func (quiet) Warn(context.Context, string, ...any)                                     {}
func (quiet) Error(context.Context, string, ...any)                                    {}
func (quiet) Trace(context.Context, time.Time, func() (sql string, rows int64), error) {}
