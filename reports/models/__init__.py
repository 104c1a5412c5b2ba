from reports.models.reports import Report, ReportFile

__all__ = ["Report", "ReportFile"]
