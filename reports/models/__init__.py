from reports.models.archives import Archive
from reports.models.reports import Report, ReportFile
from reports.models.schedules import Schedule

__all__ = ["Archive", "Report", "ReportFile", "Schedule"]
